package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
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

    private static final int MAX_LENGTH = 8 * 1024;
    /** Of an RSA modulus in base64url: 4096 bits. Larger ones would cost more to check than anybody needs. */
    private static final int MAX_MODULUS_LENGTH = 683;

    private static final Set<String> PRIVATE_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

    private final String keyThumbprint;
    private final VerifiedToken token;

    private DpopProof(String keyThumbprint, VerifiedToken token) {
        this.keyThumbprint = keyThumbprint;
        this.token = token;
    }

    /**
     * Checks the proof of a request.
     *
     * @param headers the values of the DPoP header fields, as many as there are
     * @throws DpopRefusedException if there is not one, or it is not a proof for this request
     */
    public static DpopProof verify(List<String> headers, DpopRequest request) {
        if (headers.size() != 1) {
            throw refused(headers.isEmpty() ? DpopRefusal.MISSING : DpopRefusal.SEVERAL); // §4.3, 1
        }
        String text = headers.get(0).strip();
        if (text.length() > MAX_LENGTH) {
            throw refused(DpopRefusal.MALFORMED);
        }
        Jwk key;
        String thumbprint;
        VerifiedToken token;
        try {
            UnverifiedToken read = UnverifiedToken.parse(text);
            key = embeddedKey(read.header());
            thumbprint = key.thumbprint();
            if (request.keyThumbprint() != null && !request.keyThumbprint().equals(thumbprint)) {
                throw refused(DpopRefusal.OTHER_KEY);
            }
            token = verifier(key, read).verify(text);
        } catch (TokenRefusedException e) {
            throw refused(
                    switch (e.reason()) {
                        case UNSUPPORTED_ALGORITHM -> DpopRefusal.UNSUPPORTED_ALGORITHM;
                        case BAD_SIGNATURE -> DpopRefusal.BAD_SIGNATURE;
                        default -> DpopRefusal.MALFORMED;
                    });
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw refused(DpopRefusal.MALFORMED);
        }
        checkRequest(token, request);
        return new DpopProof(thumbprint, token);
    }

    private static Jwk embeddedKey(Map<String, Object> header) {
        if (Algorithm.find(String.valueOf(header.get("alg"))) == null) {
            throw refused(DpopRefusal.UNSUPPORTED_ALGORITHM);
        }
        if (!(header.get("jwk") instanceof Map<?, ?> members)
                || members.keySet().stream().anyMatch(PRIVATE_MEMBERS::contains)
                || (members.get("n") instanceof String modulus && modulus.length() > MAX_MODULUS_LENGTH)) {
            throw refused(DpopRefusal.MALFORMED); // §4.3, 7
        }
        @SuppressWarnings("unchecked") // JSON's names are strings
        Map<String, ?> named = (Map<String, ?>) members;
        return Jwk.of(named);
    }

    /** Who made it is told by the key alone; when it was made is judged later, so here it is taken at its word. */
    private static Verifier verifier(Jwk key, UnverifiedToken read) {
        Instant made = Claims.time(read.claims(), "iat");
        Instant then = made == null ? Instant.EPOCH : made;
        JwkSet keys = JwkSet.of(key);
        return Verifier.with((kid, algorithm) -> keys.find(null, algorithm))
                .algorithms(ALGORITHMS.toArray(new Algorithm[0]))
                .type("dpop+jwt")
                .anyIssuer()
                .anyAudience()
                .neverExpiring()
                .evenExpired()
                .require("jti", "htm", "htu", "iat")
                .strings("htm", "htu", "ath", "nonce")
                .clock(() -> then)
                .maxLength(MAX_LENGTH)
                .build();
    }

    private static void checkRequest(VerifiedToken token, DpopRequest request) {
        if (!request.method().equals(token.string("htm"))) { // §4.3, 8
            throw refused(DpopRefusal.OTHER_METHOD);
        }
        if (!TargetUri.same(String.valueOf(token.string("htu")), request.address())) { // §4.3, 9
            throw refused(DpopRefusal.OTHER_ADDRESS);
        }
        String accessToken = request.accessToken();
        if (accessToken != null && !hash(accessToken).equals(token.string("ath"))) { // §4.3, 12
            throw refused(DpopRefusal.OTHER_TOKEN);
        }
    }

    private static String hash(String accessToken) {
        return Base64Url.encode(sha256(accessToken.getBytes(StandardCharsets.UTF_8)));
    }

    /** The SHA-256 thumbprint of its key (RFC 7638): {@code jkt} of what is bound to it. */
    public String keyThumbprint() {
        return keyThumbprint;
    }

    /** The nonce that its maker was given, if it says one (RFC 9449 §8). */
    public @Nullable String nonce() {
        return token.string("nonce");
    }

    /** When it was made, as its maker says. */
    public Instant issuedAt() {
        Instant issuedAt = token.issuedAt();
        if (issuedAt == null) {
            throw new IllegalStateException("the verifier requires iat");
        }
        return issuedAt;
    }

    /**
     * Whether it was made just now (RFC 9449 §4.3, 11).
     *
     * @param life how old it may be
     * @param ahead how far its maker's clock may be ahead
     */
    public boolean isFresh(Instant now, Duration life, Duration ahead) {
        Instant expiresAt = token.expiresAt(); // none is asked for, but where one is given it is meant
        return !issuedAt().isBefore(now.minus(life))
                && !issuedAt().isAfter(now.plus(ahead))
                && (expiresAt == null || now.isBefore(expiresAt));
    }

    /**
     * What it is remembered by once it was used: the name of a proof is unique within its key only (RFC 9449 §11.1).
     *
     * @return 32 bytes
     */
    public byte[] digest() {
        return sha256((keyThumbprint + ' ' + token.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static DpopRefusedException refused(DpopRefusal refusal) {
        return new DpopRefusedException(refusal);
    }
}
