package dev.latchkey.bench.micro;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.Ed25519Signer;
import com.nimbusds.jose.crypto.Ed25519Verifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.Verifier;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The token that the benchmarks sign and verify, and one key of each algorithm for all libraries. */
final class Tokens {
    static final String ISSUER = "https://login.example";
    static final String AUDIENCE = "https://orders.example";
    private static final String PROPERTY = "dev.latchkey.token.crypto";
    static final String TYPE = "at+jwt";

    private final Algorithm algorithm;
    private final Jwk key;

    Tokens(Algorithm algorithm) {
        this.algorithm = algorithm;
        this.key = Jwk.generate(algorithm);
    }

    /** Has our library use this provider; to be called before any other method. */
    static void choose(String provider) {
        System.setProperty(PROPERTY, provider);
    }

    /** The provider that {@link #choose} chose, null for those of the JDK. */
    @SuppressWarnings("NullAway") // null is how JCA and Nimbus are told to use what the JDK has
    static Provider provider() {
        return "native".equals(System.getProperty(PROPERTY)) ? AmazonCorrettoCryptoProvider.INSTANCE : null;
    }

    /** The claims of an access token as the server issues it. */
    static Map<String, Object> claims() {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", ISSUER);
        claims.put("sub", "WqLTQ7n4TnWvyd2qzzw3Zw");
        claims.put("aud", AUDIENCE);
        claims.put("client_id", "web");
        claims.put("iat", now);
        claims.put("exp", now + Duration.ofDays(1).toSeconds());
        claims.put("jti", "sQPNb6x2R5mmm8DkN0kPuA");
        claims.put("scope", "openid profile email orders:read");
        claims.put("sid", "nG5xZDzfQKGdnQnyNwZrVw");
        claims.put("auth_time", now);
        claims.put("acr", "1");
        claims.put("roles", List.of("admin", "clerk"));
        return claims;
    }

    Jwk key() {
        return key;
    }

    String signed() {
        return signed("sQPNb6x2R5mmm8DkN0kPuA");
    }

    String signed(String id) {
        Map<String, Object> claims = claims();
        claims.put("jti", id);
        return Jwt.create().type(TYPE).claims(claims).sign(key);
    }

    /** The public half, for libraries that want the JDK's object. */
    PublicKey publicKey() {
        try {
            JWK jwk = JWK.parse(key.toMap());
            return jwk instanceof OctetKeyPair ed ? edKey(ed) : ((AsymmetricJWK) jwk).toPublicKey();
        } catch (ParseException | JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PublicKey edKey(OctetKeyPair key) throws GeneralSecurityException {
        byte[] point = key.getDecodedX();
        boolean odd = (point[31] & 0x80) != 0;
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = point[31 - i];
        }
        bigEndian[0] &= 0x7f;
        EdECPoint decoded = new EdECPoint(odd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, decoded));
    }

    /** The shared secret. */
    byte[] secret() {
        return Base64.getUrlDecoder().decode(String.valueOf(key.toMap().get("k")));
    }

    Verifier verifier() {
        return Verifier.with(algorithm.isSymmetric() ? key : key.toPublic())
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .algorithms(algorithm)
                .type(TYPE)
                .build();
    }

    JWSHeader nimbusHeader() {
        return new JWSHeader.Builder(JWSAlgorithm.parse(algorithm.name()))
                .type(new JOSEObjectType(TYPE))
                .keyID(key.keyId())
                .build();
    }

    JWSSigner nimbusSigner() throws JOSEException, ParseException {
        Map<String, Object> jwk = key.toMap();
        JWSSigner signer = switch (algorithm) {
            case ES256 -> new ECDSASigner(ECKey.parse(jwk));
            case RS256 -> new RSASSASigner(RSAKey.parse(jwk));
            case EdDSA -> new Ed25519Signer(OctetKeyPair.parse(jwk));
            default -> new MACSigner(OctetSequenceKey.parse(jwk));
        };
        signer.getJCAContext().setProvider(provider());
        return signer;
    }

    JWSVerifier nimbusVerifier() throws JOSEException, ParseException {
        Map<String, Object> jwk = key.toMap();
        JWSVerifier verifier = switch (algorithm) {
            case ES256 -> new ECDSAVerifier(ECKey.parse(jwk).toPublicJWK());
            case RS256 -> new RSASSAVerifier(RSAKey.parse(jwk).toPublicJWK());
            case EdDSA -> new Ed25519Verifier(OctetKeyPair.parse(jwk).toPublicJWK());
            default -> new MACVerifier(OctetSequenceKey.parse(jwk));
        };
        verifier.getJCAContext().setProvider(provider());
        return verifier;
    }
}
