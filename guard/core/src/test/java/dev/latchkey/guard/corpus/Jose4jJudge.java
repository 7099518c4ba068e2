package dev.latchkey.guard.corpus;

import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;

/** jose4j, by the examples of its wiki. */
final class Jose4jJudge implements Judge {
    private final JwtConsumer consumer;

    Jose4jJudge() throws JoseException {
        JwksVerificationKeyResolver keys =
                new JwksVerificationKeyResolver(new JsonWebKeySet(Keys.published()).getJsonWebKeys());
        keys.setDisambiguateWithVerifySignature(true);
        consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(keys)
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, ALGORITHMS.toArray(String[]::new))
                .setExpectedType(true, "at+jwt")
                .setExpectedIssuer(true, Mint.ISSUER)
                .setExpectedAudience(true, Mint.AUDIENCE)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireSubject()
                .setRequireJwtId()
                .setEvaluationTime(NumericDate.fromSeconds(Mint.NOW.getEpochSecond()))
                .build();
    }

    @Override
    public String name() {
        return "jose4j";
    }

    @Override
    public Class<?> origin() {
        return JwtConsumer.class;
    }

    @Override
    public String setUp() {
        return "`JwtConsumerBuilder` with `JwksVerificationKeyResolver` (ambiguity resolved by the signature), the"
                + " expected algorithms permitted, expected type, issuer and audience, `exp`, `iat`, `sub` and `jti`"
                + " required; no clock skew. `client_id` and `scope` are read by `getStringClaimValue`.";
    }

    @Override
    public boolean accepts(String token) {
        try {
            JwtClaims claims = consumer.processToClaims(token);
            claims.getStringClaimValue("scope");
            return claims.getStringClaimValue("client_id") != null;
        } catch (InvalidJwtException | MalformedClaimException e) {
            return false;
        }
    }
}
