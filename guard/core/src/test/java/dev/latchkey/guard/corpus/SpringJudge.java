package dev.latchkey.guard.corpus;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Spring Security's decoder with its validator for RFC 9068. */
final class SpringJudge implements Judge {
    private final NimbusJwtDecoder decoder;

    SpringJudge() throws ParseException {
        decoder = NimbusJwtDecoder.withJwkSource(new ImmutableJWKSet<>(JWKSet.parse(Keys.published())))
                .jwsAlgorithms(expected -> algorithms().forEach(name -> expected.add(SignatureAlgorithm.from(name))))
                .build();
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(Mint.ISSUER)
                .audience(Mint.AUDIENCE)
                .validators(all -> {
                    all.put("exp", timestamps());
                    all.put("iat", new JwtClaimValidator<>("iat", Objects::nonNull));
                })
                .build());
    }

    private static OAuth2TokenValidator<Jwt> timestamps() {
        JwtTimestampValidator validator = new JwtTimestampValidator(Duration.ZERO);
        validator.setClock(Clock.fixed(Mint.NOW, ZoneOffset.UTC));
        validator.setAllowEmptyExpiryClaim(false);
        return validator;
    }

    @Override
    public String name() {
        return "Spring Security";
    }

    @Override
    public Class<?> origin() {
        return NimbusJwtDecoder.class;
    }

    @Override
    public String setUp() {
        return "`NimbusJwtDecoder.withJwkSource` with the expected algorithms and"
            + " `JwtValidators.createAtJwtValidator()` with issuer and audience; its `JwtTimestampValidator` replaced"
            + " by one with a clock skew of 0. It has no EdDSA.";
    }

    @Override
    public Set<String> algorithms() {
        return ALGORITHMS.stream().filter(name -> !name.equals("EdDSA")).collect(Collectors.toSet());
    }

    @Override
    public boolean accepts(String token) {
        try {
            decoder.decode(token);
            return true;
        } catch (JwtException e) {
            return false;
        }
    }
}
