/** The wiring: the main class, the settings, and the issuer that is put together from them. */
@NullMarked
package dev.latchkey.server;

import org.jspecify.annotations.NullMarked;
