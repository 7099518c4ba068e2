/**
 * The configuration: one YAML file, the environment and {@code --set}, read into records whose every value was checked.
 *
 * <p>Owns the keys, their types, defaults and meanings (the reference page is written from them), and the rules between
 * keys. Reports all problems at once, each with its place. Does not create users, clients or keys: wiring does, from the
 * records. Start at {@link dev.latchkey.server.setting.SettingsInput#load}. Clients are spelled as in RFC 7591 §2, users as
 * in OpenID Connect Core §5.1.
 */
@NullMarked
package dev.latchkey.server.setting;

import org.jspecify.annotations.NullMarked;
