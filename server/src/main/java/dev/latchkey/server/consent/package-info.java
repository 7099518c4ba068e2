/**
 * Consents: what a user has allowed an application (OpenID Connect Core §3.1.2.4).
 *
 * <p>Owns that a consent only grows until it is withdrawn. When one is asked for is {@code authorize}'s. Start at
 * {@link dev.latchkey.server.consent.ConsentStore}.
 */
@NullMarked
package dev.latchkey.server.consent;

import org.jspecify.annotations.NullMarked;
