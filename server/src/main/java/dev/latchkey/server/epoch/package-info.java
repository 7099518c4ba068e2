/**
 * Epochs: since when a store has gone on without a break. A restored backup does not know what was revoked or used after it was
 * taken, so nothing that was given out before the restore may count: sessions, browser sessions, codes, initial access tokens,
 * access tokens and client assertions.
 *
 * <p>Owns when one begins and what it ends. How a store is backed up and restored is {@code command}'s and {@code sql}'s. Start at
 * {@link dev.latchkey.server.epoch.Epochs}; decision 0136 has the reasons.
 */
@NullMarked
package dev.latchkey.server.epoch;

import org.jspecify.annotations.NullMarked;
