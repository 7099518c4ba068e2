package dev.latchkey.bench.micro;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.latchkey.token.Algorithm;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * A library that verifies access tokens as its documentation has it, told to expect the same issuer, audience, type, algorithm
 * and key as the guard.
 */
interface Peer {
    /** The claims, or whatever exception the library has for a refusal. */
    Object verify(String token) throws Exception;

    /** The library of this name; it has to know the algorithm. */
    static Peer named(String name, Tokens tokens) throws ParseException, JoseException {
        Algorithm algorithm = tokens.key().algorithm();
        return switch (name) {
            case "nimbus" -> nimbus(tokens, algorithm);
            case "spring" -> spring(tokens, algorithm);
            case "jjwt" -> jjwt(tokens, algorithm);
            case "jose4j" -> jose4j(tokens, algorithm);
            case "java-jwt" -> javaJwt(tokens, algorithm);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static JWKSource<SecurityContext> source(Tokens tokens) throws ParseException {
        return new ImmutableJWKSet<>(new JWKSet(JWK.parse(tokens.key().toMap())));
    }

    private static DefaultJWTProcessor<SecurityContext> processor(Tokens tokens, Algorithm algorithm)
            throws ParseException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType(Tokens.TYPE)));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.parse(algorithm.name()), source(tokens)));
        return processor;
    }

    private static Peer nimbus(Tokens tokens, Algorithm algorithm) throws ParseException {
        DefaultJWTProcessor<SecurityContext> processor = processor(tokens, algorithm);
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                Tokens.AUDIENCE,
                new JWTClaimsSet.Builder().issuer(Tokens.ISSUER).build(),
                Set.of("sub", "iat", "exp", "jti", "client_id")));
        return token -> processor.process(token, null);
    }

    private static Peer spring(Tokens tokens, Algorithm algorithm) throws ParseException {
        DefaultJWTProcessor<SecurityContext> processor = processor(tokens, algorithm);
        processor.setJWTClaimsSetVerifier((claims, context) -> {}); // the decoder has validators of its own
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                .issuer(Tokens.ISSUER)
                .audience(Tokens.AUDIENCE)
                .build());
        return decoder::decode;
    }

    private static Peer jjwt(Tokens tokens, Algorithm algorithm) {
        JwtParserBuilder parser = Jwts.parser().requireIssuer(Tokens.ISSUER).requireAudience(Tokens.AUDIENCE);
        JwtParser built = algorithm.isSymmetric()
                ? parser.verifyWith(Keys.hmacShaKeyFor(tokens.secret())).build()
                : parser.verifyWith(tokens.publicKey()).build();
        return built::parseSignedClaims;
    }

    private static Peer jose4j(Tokens tokens, Algorithm algorithm) throws JoseException {
        JsonWebKey key = JsonWebKey.Factory.newJwk(tokens.key().toMap());
        JwtConsumer consumer = new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(List.of(key)))
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, algorithm.name())
                .setExpectedType(true, Tokens.TYPE)
                .setExpectedIssuer(true, Tokens.ISSUER)
                .setExpectedAudience(true, Tokens.AUDIENCE)
                .setRequireExpirationTime()
                .setRequireIssuedAt()
                .setRequireSubject()
                .setRequireJwtId()
                .build();
        return consumer::processToClaims;
    }

    private static Peer javaJwt(Tokens tokens, Algorithm algorithm) {
        com.auth0.jwt.algorithms.Algorithm theirs = switch (algorithm) {
            case ES256 -> com.auth0.jwt.algorithms.Algorithm.ECDSA256((ECPublicKey) tokens.publicKey());
            case RS256 -> com.auth0.jwt.algorithms.Algorithm.RSA256((RSAPublicKey) tokens.publicKey());
            case HS256 -> com.auth0.jwt.algorithms.Algorithm.HMAC256(tokens.secret());
            default -> throw new IllegalArgumentException("java-jwt has no " + algorithm);
        };
        JWTVerifier verifier = JWT.require(theirs)
                .withIssuer(Tokens.ISSUER)
                .withAnyOfAudience(Tokens.AUDIENCE)
                .withClaimPresence("sub")
                .withClaimPresence("client_id")
                .withClaimPresence("jti")
                .build();
        return verifier::verify;
    }
}
