package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.SecretJWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.io.Parser;
import io.jsonwebtoken.security.Jwks;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.crypto.SecretKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other libraries verify our tokens and read our keys, and the other way round, with every algorithm that both sides know. */
class InteropTest {
    private static final String SUBJECT = "Sir Ameen";
    private static final String ISSUER = "https://login.example";
    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    private String ours(Jwk key) {
        return Jwt.create(InstantSource.fixed(now))
                .issuer(ISSUER)
                .subject(SUBJECT)
                .audience("orders", "billing")
                .expiresIn(LIFETIME)
                .claim("name", "Zoë 😀 \"\\\n")
                .sign(key);
    }

    private void checkOurs(Jwk key, String token) {
        VerifiedToken verified = Verifier.with(key.algorithm().isSymmetric() ? key : key.toPublic())
                .issuer(ISSUER)
                .audience("orders")
                .algorithms(key.algorithm())
                .anyType()
                .clock(InstantSource.fixed(now))
                .build()
                .verify(token);
        assertThat(verified.subject()).isEqualTo(SUBJECT);
        assertThat(verified.expiresAt()).isEqualTo(now.plus(LIFETIME));
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void jjwt(Algorithm algorithm) {
        Jwk key = Jwk.generate(algorithm);
        Parser<io.jsonwebtoken.security.Jwk<?>> keyParser = Jwks.parser().build();
        Key theirKey = keyParser.parse(key.toJson()).toKey();

        var parser = Jwts.parser().requireIssuer(ISSUER);
        Claims read = (theirKey instanceof SecretKey secret
                        ? parser.verifyWith(secret)
                        : parser.verifyWith((PublicKey)
                                keyParser.parse(key.toPublic().toJson()).toKey()))
                .build()
                .parseSignedClaims(ours(key))
                .getPayload();
        assertThat(read.getSubject()).isEqualTo(SUBJECT);
        assertThat(read.getExpiration()).isEqualTo(Date.from(now.plus(LIFETIME)));
        assertThat(read.getAudience()).containsExactly("orders", "billing");
        assertThat(read.get("name")).isEqualTo("Zoë 😀 \"\\\n");

        var algorithms = Jwts.SIG.get();
        var builder = Jwts.builder()
                .issuer(ISSUER)
                .subject(SUBJECT)
                .audience()
                .add("orders")
                .and()
                .expiration(Date.from(now.plus(LIFETIME)));
        checkOurs(key, signedByJjwt(builder, theirKey, algorithms.forKey(algorithm.name())));
    }

    @SuppressWarnings("unchecked")
    private static <K extends Key> String signedByJjwt(
            io.jsonwebtoken.JwtBuilder builder,
            Key key,
            io.jsonwebtoken.security.SecureDigestAlgorithm<K, ?> algorithm) {
        return builder.signWith((K) key, algorithm).compact();
    }

    @ParameterizedTest
    @EnumSource(names = {"HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512"})
    void javaJwt(Algorithm algorithm) throws Exception {
        Jwk key = Jwk.generate(algorithm);
        com.auth0.jwt.algorithms.Algorithm theirs = javaJwtAlgorithm(algorithm, JWK.parse(key.toJson()));

        var read = JWT.require(theirs)
                .withIssuer(ISSUER)
                .withAudience("orders", "billing")
                .build()
                .verify(ours(key));
        assertThat(read.getSubject()).isEqualTo(SUBJECT);
        assertThat(read.getExpiresAtAsInstant()).isEqualTo(now.plus(LIFETIME));
        assertThat(read.getClaim("name").asString()).isEqualTo("Zoë 😀 \"\\\n");

        checkOurs(
                key,
                JWT.create()
                        .withIssuer(ISSUER)
                        .withSubject(SUBJECT)
                        .withAudience("orders")
                        .withExpiresAt(now.plus(LIFETIME))
                        .sign(theirs));
    }

    private static com.auth0.jwt.algorithms.Algorithm javaJwtAlgorithm(Algorithm algorithm, JWK key) throws Exception {
        byte[] secret =
                key instanceof SecretJWK symmetric ? symmetric.toSecretKey().getEncoded() : new byte[0];
        PublicKey publicKey = key instanceof AsymmetricJWK pair ? pair.toPublicKey() : null;
        PrivateKey privateKey = key instanceof AsymmetricJWK pair ? pair.toPrivateKey() : null;
        return switch (algorithm) {
            case HS256 -> com.auth0.jwt.algorithms.Algorithm.HMAC256(secret);
            case HS384 -> com.auth0.jwt.algorithms.Algorithm.HMAC384(secret);
            case HS512 -> com.auth0.jwt.algorithms.Algorithm.HMAC512(secret);
            case RS256 ->
                com.auth0.jwt.algorithms.Algorithm.RSA256((RSAPublicKey) publicKey, (RSAPrivateKey) privateKey);
            case RS384 ->
                com.auth0.jwt.algorithms.Algorithm.RSA384((RSAPublicKey) publicKey, (RSAPrivateKey) privateKey);
            case RS512 ->
                com.auth0.jwt.algorithms.Algorithm.RSA512((RSAPublicKey) publicKey, (RSAPrivateKey) privateKey);
            case ES256 ->
                com.auth0.jwt.algorithms.Algorithm.ECDSA256((ECPublicKey) publicKey, (ECPrivateKey) privateKey);
            case ES384 ->
                com.auth0.jwt.algorithms.Algorithm.ECDSA384((ECPublicKey) publicKey, (ECPrivateKey) privateKey);
            case ES512 ->
                com.auth0.jwt.algorithms.Algorithm.ECDSA512((ECPublicKey) publicKey, (ECPrivateKey) privateKey);
            case PS256, PS384, PS512, EdDSA -> throw new IllegalArgumentException("java-jwt has no " + algorithm);
        };
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void jose4j(Algorithm algorithm) throws Exception {
        Jwk key = Jwk.generate(algorithm);
        JsonWebKey theirKey = JsonWebKey.Factory.newJwk(key.toJson());
        Key verifying = algorithm.isSymmetric() ? theirKey.getKey() : ((PublicJsonWebKey) theirKey).getPublicKey();
        Key signing = algorithm.isSymmetric() ? theirKey.getKey() : ((PublicJsonWebKey) theirKey).getPrivateKey();

        JwtClaims read = new JwtConsumerBuilder()
                .setVerificationKey(verifying)
                .setExpectedIssuer(ISSUER)
                .setExpectedAudience("orders")
                .setRequireExpirationTime()
                .build()
                .processToClaims(ours(key));
        assertThat(read.getSubject()).isEqualTo(SUBJECT);
        assertThat(read.getExpirationTime().getValue())
                .isEqualTo(now.plus(LIFETIME).getEpochSecond());
        assertThat(read.getStringClaimValue("name")).isEqualTo("Zoë 😀 \"\\\n");

        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setSubject(SUBJECT);
        claims.setAudience("orders");
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(LIFETIME).getEpochSecond()));
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(algorithm.name());
        signature.setKeyIdHeaderValue(key.keyId());
        signature.setKey(signing);
        checkOurs(key, signature.getCompactSerialization());
    }

    /** Nimbus needs Tink for EdDSA. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EdDSA")
    void nimbus(Algorithm algorithm) throws Exception {
        Jwk key = Jwk.generate(algorithm);
        JWK theirKey = JWK.parse(key.toJson());
        assertThat(theirKey.computeThumbprint().toString()).isEqualTo(key.thumbprint());
        assertThat(Jwk.parse(theirKey.toJSONString()).toMap()).isEqualTo(key.toMap());

        SignedJWT read = SignedJWT.parse(ours(key));
        Key verifying =
                theirKey instanceof SecretJWK secret ? secret.toSecretKey() : ((AsymmetricJWK) theirKey).toPublicKey();
        assertThat(read.verify(new DefaultJWSVerifierFactory().createJWSVerifier(read.getHeader(), verifying)))
                .isTrue();
        assertThat(read.getJWTClaimsSet().getSubject()).isEqualTo(SUBJECT);
        assertThat(read.getJWTClaimsSet().getExpirationTime()).isEqualTo(Date.from(now.plus(LIFETIME)));

        SignedJWT theirs = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.name()))
                        .keyID(key.keyId())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER)
                        .subject(SUBJECT)
                        .audience("orders")
                        .expirationTime(Date.from(now.plus(LIFETIME)))
                        .build());
        theirs.sign(new DefaultJWSSignerFactory().createJWSSigner(theirKey, JWSAlgorithm.parse(algorithm.name())));
        checkOurs(key, theirs.serialize());
    }

    /** As the tutorials do it: a secret that both sides know, as text. */
    @ParameterizedTest
    @EnumSource(names = {"HS256", "HS384", "HS512"})
    void aSecretThatIsText(Algorithm algorithm) {
        String text = "a secret of sixty-four characters, so that all three take it ...";
        Jwk key = Jwk.secret(algorithm, text.getBytes(StandardCharsets.UTF_8));

        var theirs = JWT.require(
                        switch (algorithm) {
                            case HS384 -> com.auth0.jwt.algorithms.Algorithm.HMAC384(text);
                            case HS512 -> com.auth0.jwt.algorithms.Algorithm.HMAC512(text);
                            default -> com.auth0.jwt.algorithms.Algorithm.HMAC256(text);
                        })
                .build();

        assertThat(theirs.verify(ours(key)).getSubject()).isEqualTo(SUBJECT);
    }
}
