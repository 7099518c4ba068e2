package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A DPoP proof (RFC 9449 §4.2) that was made for a request by the key that it brings. What is left to whoever takes it: that
 * it is fresh, by {@link #isFresh} or by its nonce, and that it is used once, by {@link #digest()}. Immutable.
 */
public final class DpopProof {
    /** The header field that carries it. */
    public static final String HEADER = "DPoP";

    /** What it may be signed by: nothing symmetric, and never {@code none} (RFC 9449 §4.3, 5). */
    public static final Set<Algorithm> ALGORITHMS = Collections.unmodifiableSet(EnumSet.of(
            Algorithm.ES256, Algorithm.ES384, Algorithm.ES512, Algorithm.EdDSA, Algorithm.RS256, Algorithm.PS256));

    private final String keyThumbprint;
    private final String id;
    private final UnverifiedDpopProof content;

    DpopProof(String keyThumbprint, String id, UnverifiedDpopProof content) {
        this.keyThumbprint = keyThumbprint;
        this.id = id;
        this.content = content;
    }

    /**
     * Checks the proof of a request. Who judges its time before its signature, which costs most, begins with
     * {@link UnverifiedDpopProof#read}.
     *
     * @param headers the values of the DPoP header fields, as many as there are
     * @throws DpopRefusedException if there is not one, or it is not a proof for this request
     */
    public static DpopProof verify(List<String> headers, DpopRequest request) {
        return UnverifiedDpopProof.read(headers, request).verify();
    }

    /** The SHA-256 thumbprint of its key (RFC 7638): {@code jkt} of what is bound to it. */
    public String keyThumbprint() {
        return keyThumbprint;
    }

    /** The nonce that its maker was given, if it says one (RFC 9449 §8). */
    public @Nullable String nonce() {
        return content.nonce();
    }

    /** When it was made, as its maker says. */
    public Instant issuedAt() {
        return content.issuedAt();
    }

    /** As {@link UnverifiedDpopProof#isFresh}. */
    public boolean isFresh(Instant now, Duration life, Duration ahead) {
        return content.isFresh(now, life, ahead);
    }

    /**
     * What it is remembered by once it was used: the name of a proof is unique within its key only (RFC 9449 §11.1).
     *
     * @return 32 bytes
     */
    public byte[] digest() {
        return sha256((keyThumbprint + ' ' + id).getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
