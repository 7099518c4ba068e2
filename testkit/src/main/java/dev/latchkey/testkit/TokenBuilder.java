package dev.latchkey.testkit;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.JwtBuilder;
import dev.latchkey.token.UnverifiedToken;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An access token in the making: as the server issues them (RFC 9068), with whatever a test wants otherwise. Every call of
 * {@link #mint()} makes another one. For one thread.
 *
 * <p>A token for a user belongs to a real session, so that it counts at the server's own endpoints and can be revoked.
 */
public final class TokenBuilder {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Mint mint;
    private final Function<Mint.Grant, String> original;
    private final List<String> scopes = new ArrayList<>();
    private final List<String> audience = new ArrayList<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private final List<String> without = new ArrayList<>();
    private String clientId;
    private String type = "at+jwt";
    private @Nullable Duration lifetime;
    private @Nullable Algorithm algorithm;
    private @Nullable Jwk key;
    private Signature signature = Signature.GENUINE;

    private enum Signature {
        GENUINE,
        OF_ANOTHER_KEY,
        OF_OTHER_CLAIMS,
        NONE
    }

    TokenBuilder(Mint mint, String clientId, Function<Mint.Grant, String> original) {
        this.mint = mint;
        this.clientId = clientId;
        this.original = original;
    }

    /** The scopes, each alone or several with blanks between; none unless given. */
    public TokenBuilder scope(String... names) {
        for (String name : names) {
            scopes.addAll(List.of(name.strip().split(" +")));
        }
        return this;
    }

    /** The APIs that it is for, instead of the configured audience. */
    public TokenBuilder audience(String... resources) {
        audience.addAll(List.of(resources));
        return this;
    }

    /** The client that the user logged in at; that of {@code /login} unless given. */
    public TokenBuilder client(String id) {
        clientId = id;
        return this;
    }

    /** The user's roles, instead of those declared. */
    public TokenBuilder roles(String... roles) {
        return claim("roles", List.of(roles));
    }

    /** A claim of any name, added or instead of the server's: a string, number, boolean, list, map or {@link Instant}. */
    public TokenBuilder claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    /** Leaves a claim out. */
    public TokenBuilder without(String claim) {
        without.add(claim);
        return this;
    }

    /** How long it is valid, from now on. */
    public TokenBuilder expiresIn(Duration duration) {
        lifetime = duration;
        return this;
    }

    /** Signed by the server's key of this algorithm, instead of the configured one. */
    public TokenBuilder algorithm(Algorithm other) {
        algorithm = other;
        return this;
    }

    /** Signed by a key of the test's own, as a token of somebody else; with its name and algorithm. */
    public TokenBuilder signedWith(Jwk own) {
        key = own;
        return this;
    }

    /** Of another type ({@code typ}) than {@code at+jwt}: an ID token is {@code JWT}. */
    public TokenBuilder type(String other) {
        type = other;
        return this;
    }

    /** Of another issuer, though signed by this one's key. */
    public TokenBuilder issuer(String other) {
        return claim("iss", other);
    }

    /** Expired an hour ago, more than anybody's leeway. */
    public TokenBuilder expired() {
        Instant now = mint.clock().instant();
        claim("iat", now.minus(HOUR).minus(HOUR));
        return claim("exp", now.minus(HOUR));
    }

    /** Not valid before an hour from now. */
    public TokenBuilder notYetValid() {
        Instant now = mint.clock().instant();
        claim("nbf", now.plus(HOUR));
        return claim("exp", now.plus(HOUR).plus(HOUR));
    }

    /** Signed by another key under the name of the server's. */
    public TokenBuilder forged() {
        signature = Signature.OF_ANOTHER_KEY;
        return this;
    }

    /** Changed after it was signed. */
    public TokenBuilder tampered() {
        signature = Signature.OF_OTHER_CLAIMS;
        return this;
    }

    /** Not signed at all: {@code alg} is {@code none}. */
    public TokenBuilder unsigned() {
        signature = Signature.NONE;
        return this;
    }

    /**
     * Makes the token.
     *
     * @throws IllegalArgumentException when the user or the client was not declared, or a claim is of a wrong kind
     */
    public String mint() {
        Map<String, Object> content = content();
        Jwk genuine = key != null ? key : mint.signer(algorithm != null ? algorithm : mint.algorithm());
        return switch (signature) {
            case GENUINE -> sign(content, genuine);
            case OF_ANOTHER_KEY ->
                sign(content, Jwk.generate(genuine.algorithm()).withKeyId(genuine.keyId()));
            case OF_OTHER_CLAIMS -> tampered(sign(content, genuine));
            case NONE -> unsigned(sign(content, genuine));
        };
    }

    private Map<String, Object> content() {
        String issued = original.apply(new Mint.Grant(clientId, scopes, audience));
        Map<String, Object> content =
                new LinkedHashMap<>(UnverifiedToken.parse(issued).claims());
        if (lifetime != null) {
            content.put("exp", mint.clock().instant().plus(lifetime));
        }
        content.putAll(claims);
        without.forEach(content::remove);
        return content;
    }

    private String sign(Map<String, Object> content, Jwk with) {
        JwtBuilder token = Jwt.create(mint.clock()).type(type).claims(content);
        if (!content.containsKey("exp")) {
            token.neverExpires();
        }
        return token.sign(with);
    }

    private static String tampered(String token) {
        String[] parts = token.split("\\.", -1);
        Map<String, Object> content = new LinkedHashMap<>(Json.parseObject(decode(parts[1])));
        content.put("roles", List.of("admin", "tampered"));
        return parts[0] + "." + encode(Json.write(content)) + "." + parts[2];
    }

    private String unsigned(String token) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "none");
        header.put("typ", type);
        return encode(Json.write(header)) + "." + token.split("\\.", -1)[1] + ".";
    }

    private static String encode(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String part) {
        return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }
}
