package dev.latchkey.guard.corpus;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTVerificationException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.nimbusds.jose.jwk.JWK;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** java-jwt: a verifier for each key, which alone decides the algorithm. */
final class JavaJwtJudge implements Judge {
    private static final Clock CLOCK = Clock.fixed(Mint.NOW, ZoneOffset.UTC);

    private final Map<String, JWTVerifier> verifiers = new LinkedHashMap<>();

    JavaJwtJudge() {
        for (String key : Set.of("es256", "es384", "es512", "rs256", "rs384", "rs512", "rsa-unbound")) {
            verifiers.put(key, verifier(algorithm(Keys.jwk(key))));
        }
    }

    private static Algorithm algorithm(JWK key) {
        String name = key.getAlgorithm() == null ? "RS256" : key.getAlgorithm().getName();
        return switch (name) {
            case "ES256" -> Algorithm.ECDSA256((ECPublicKey) Keys.publicKey(key.getKeyID()));
            case "ES384" -> Algorithm.ECDSA384((ECPublicKey) Keys.publicKey(key.getKeyID()));
            case "ES512" -> Algorithm.ECDSA512((ECPublicKey) Keys.publicKey(key.getKeyID()));
            case "RS256" -> Algorithm.RSA256((RSAPublicKey) Keys.publicKey(key.getKeyID()));
            case "RS384" -> Algorithm.RSA384((RSAPublicKey) Keys.publicKey(key.getKeyID()));
            case "RS512" -> Algorithm.RSA512((RSAPublicKey) Keys.publicKey(key.getKeyID()));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static JWTVerifier verifier(Algorithm algorithm) {
        JWTVerifier.BaseVerification verification = (JWTVerifier.BaseVerification) JWT.require(algorithm)
                .withIssuer(Mint.ISSUER)
                .withAnyOfAudience(Mint.AUDIENCE)
                .withClaimPresence("exp")
                .withClaimPresence("iat")
                .withClaimPresence("sub")
                .withClaimPresence("jti")
                .withClaimPresence("client_id");
        return verification.build(CLOCK);
    }

    @Override
    public String name() {
        return "java-jwt";
    }

    @Override
    public Class<?> origin() {
        return JWT.class;
    }

    @Override
    public String setUp() {
        return "`JWT.require(…)` for each key, so that the key alone decides the algorithm, with `withIssuer`,"
            + " `withAnyOfAudience` and `withClaimPresence`; the key is found by the `kid` of the decoded token,"
            + " without one by its `alg`; no leeway. By hand, since it has no check for them: the type, and that"
            + " `sub`, `jti`, `client_id`, and `scope` where there is one, are strings. It has neither PS256–512 nor"
            + " EdDSA.";
    }

    @Override
    public Set<String> algorithms() {
        return Set.of("ES256", "ES384", "ES512", "RS256", "RS384", "RS512");
    }

    @Override
    public boolean accepts(String token) {
        try {
            DecodedJWT decoded = JWT.decode(token);
            JWTVerifier verifier = verifierFor(decoded);
            if (verifier == null || !Judge.isAccessTokenType(decoded.getType())) {
                return false;
            }
            DecodedJWT verified = verifier.verify(decoded);
            Claim scope = verified.getClaim("scope");
            return verified.getSubject() != null
                    && verified.getId() != null
                    && verified.getClaim("client_id").asString() != null
                    && (scope.isMissing() || scope.asString() != null);
        } catch (JWTVerificationException e) {
            return false;
        }
    }

    private @Nullable JWTVerifier verifierFor(DecodedJWT token) {
        String keyId = token.getKeyId();
        if (keyId != null) {
            return verifiers.get(keyId);
        }
        return token.getAlgorithm() == null
                ? null
                : verifiers.get(token.getAlgorithm().toLowerCase(java.util.Locale.ROOT));
    }
}
