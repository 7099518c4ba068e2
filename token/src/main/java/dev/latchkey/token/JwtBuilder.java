package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a token says, and signs it. Times are whole seconds. For one thread; can sign several.
 *
 * <p>A token says when it was issued unless told otherwise, and when it expires: {@link #neverExpires()} has to be called
 * for one that does not. Claims that no {@link Verifier} would take are refused here.
 */
public final class JwtBuilder {
    private static final Set<String> OWN_HEADERS = Set.of("alg", "kid", "typ", "crit", "b64", "enc");

    private final InstantSource clock;
    private final Map<String, Object> headers = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private String type = "JWT";
    private @Nullable Duration lifetime;
    private boolean neverExpires;

    JwtBuilder(InstantSource clock) {
        this.clock = clock;
    }

    /** Who issues it, {@code iss}. */
    public JwtBuilder issuer(String issuer) {
        return claim("iss", issuer);
    }

    /** Whom it is about, {@code sub}. */
    public JwtBuilder subject(String subject) {
        return claim("sub", subject);
    }

    /** Whom it is for, {@code aud}. */
    public JwtBuilder audience(String... audience) {
        return audience(List.of(audience));
    }

    /** Whom it is for, {@code aud}: a string for one, a list for several (RFC 7519 §4.1.3). */
    public JwtBuilder audience(List<String> audience) {
        return claim("aud", audience.size() == 1 ? audience.get(0) : List.copyOf(audience));
    }

    /** How long after it was issued it expires, {@code exp}; fractions of a second are cut off. */
    public JwtBuilder expiresIn(Duration duration) {
        lifetime = duration;
        return this;
    }

    /** When it expires, {@code exp}. */
    public JwtBuilder expiresAt(Instant time) {
        return claim("exp", time.getEpochSecond());
    }

    /** It has no end. */
    public JwtBuilder neverExpires() {
        neverExpires = true;
        return this;
    }

    /** When it was made, {@code iat}, unless that is when it is signed. */
    public JwtBuilder issuedAt(Instant time) {
        return claim("iat", time.getEpochSecond());
    }

    /** From when on it is valid, {@code nbf}. */
    public JwtBuilder notBefore(Instant time) {
        return claim("nbf", time.getEpochSecond());
    }

    /** Its own name, {@code jti}. */
    public JwtBuilder id(String id) {
        return claim("jti", id);
    }

    /** What kind of token it is, {@code typ}; {@code JWT} unless given. */
    public JwtBuilder type(String mediaType) {
        type = mediaType;
        return this;
    }

    /** A claim of any name; its value is one that {@link Json#write} takes, or an {@link Instant}. */
    public JwtBuilder claim(String name, Object value) {
        claims.put(name, normal(value));
        return this;
    }

    /** Several claims. */
    public JwtBuilder claims(Map<String, ?> several) {
        several.forEach(this::claim);
        return this;
    }

    /**
     * A header parameter of any name but those that this library sets itself.
     *
     * @throws IllegalArgumentException for {@code alg}, {@code kid}, {@code typ} and those that change what a token is
     */
    public JwtBuilder header(String name, Object value) {
        if (OWN_HEADERS.contains(name)) {
            throw new IllegalArgumentException("the header parameter " + name + " cannot be set by hand");
        }
        headers.put(name, value);
        return this;
    }

    /**
     * The token in compact form, signed with the key by its algorithm.
     *
     * @throws IllegalArgumentException if the key cannot sign, or a claim is unsound
     * @throws IllegalStateException if it was not said when the token expires
     */
    public String sign(Jwk key) {
        if (!key.canSign()) {
            throw new IllegalArgumentException("the key " + key.keyId() + " cannot sign");
        }
        byte[] header = Base64Url.encodeToBytes(utf8(headerFor(key)));
        byte[] payload = Base64Url.encodeToBytes(utf8(timedClaims()));
        byte[] token = new byte[header.length + 1 + payload.length];
        System.arraycopy(header, 0, token, 0, header.length);
        token[header.length] = '.';
        System.arraycopy(payload, 0, token, header.length + 1, payload.length);
        String signature = Base64Url.encode(key.signer().sign(token, token.length));
        return new String(token, StandardCharsets.ISO_8859_1) + '.' + signature;
    }

    private Map<String, Object> headerFor(Jwk key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm().name());
        header.put("typ", type);
        if (key.keyIdStated() || !key.algorithm().isSymmetric()) {
            // the thumbprint of a secret would help those who guess it: RFC 7638 §7
            header.put("kid", key.keyId());
        }
        header.putAll(headers);
        return header;
    }

    private Map<String, Object> timedClaims() {
        Map<String, Object> timed = new LinkedHashMap<>(claims);
        timed.putIfAbsent("iat", clock.instant().getEpochSecond());
        Object issued = timed.get("iat");
        if (lifetime != null && issued instanceof Number seconds) {
            timed.put("exp", seconds.longValue() + lifetime.toSeconds());
        }
        if (!timed.containsKey("exp") && !neverExpires) {
            throw new IllegalStateException("say when the token expires: expiresIn(…), expiresAt(…) or neverExpires()");
        }
        String defect = Claims.defect(timed);
        if (defect != null) {
            throw new IllegalArgumentException(defect);
        }
        return timed;
    }

    /** Numbers as they will be read back. */
    private static Object normal(Object value) {
        if (value instanceof Instant time) {
            return time.getEpochSecond();
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        return value;
    }

    private static byte[] utf8(Map<String, Object> members) {
        return Json.write(members).getBytes(StandardCharsets.UTF_8);
    }
}
