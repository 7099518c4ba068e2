package dev.latchkey.guard.corpus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.text.ParseException;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;

/** Nimbus JOSE + JWT, by its page on validating access tokens. */
final class NimbusJudge implements Judge {
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    NimbusJudge() throws ParseException {
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()),
                new ImmutableJWKSet<>(JWKSet.parse(Keys.published()))));
        processor.setJWTClaimsSetVerifier(claims());
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claims() {
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(
                        Mint.AUDIENCE,
                        new JWTClaimsSet.Builder().issuer(Mint.ISSUER).build(),
                        Set.of("sub", "iat", "exp", "jti", "client_id")) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(Mint.NOW);
                    }
                };
        verifier.setMaxClockSkew(0);
        return verifier;
    }

    @Override
    public String name() {
        return "nimbus-jose-jwt";
    }

    @Override
    public Class<?> origin() {
        return DefaultJWTProcessor.class;
    }

    @Override
    public String setUp() {
        return "`DefaultJWTProcessor` with `DefaultJOSEObjectTypeVerifier` (at+jwt, application/at+jwt),"
            + " `JWSVerificationKeySelector` over an `ImmutableJWKSet` with the expected algorithms, and"
            + " `DefaultJWTClaimsVerifier` with audience, exact issuer and required claims, clock skew 0. `client_id`"
            + " and `scope` are read by `getStringClaim`. Its processor has no EdDSA.";
    }

    @Override
    public Set<String> algorithms() {
        return ALGORITHMS.stream().filter(name -> !name.equals("EdDSA")).collect(Collectors.toSet());
    }

    @Override
    public boolean accepts(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            claims.getStringClaim("scope");
            return claims.getStringClaim("client_id") != null;
        } catch (ParseException | BadJOSEException | JOSEException e) {
            return false;
        }
    }
}
