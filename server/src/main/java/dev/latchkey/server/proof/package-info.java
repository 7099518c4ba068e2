/**
 * Proofs by which a request shows that its sender has a key: DPoP (RFC 9449).
 *
 * <p>Owns what a proof has to say here, that each counts once, and the nonces that its maker may have to be given. What tokens
 * are bound to a key is decided in {@code grant} and {@code token}; the format is the token library's. Start at
 * {@link dev.latchkey.server.proof.DpopProofs}.
 */
@NullMarked
package dev.latchkey.server.proof;

import org.jspecify.annotations.NullMarked;
