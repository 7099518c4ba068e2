package dev.latchkey.guard.contract;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.UUID;

/** A client whose tokens are bound to its key, and which proves it (RFC 9449). The proofs are made by Nimbus. */
final class Sender {
    private final InstantSource clock;
    private final ECKey key;

    Sender(InstantSource clock) {
        this.clock = clock;
        try {
            key = new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The {@code cnf} of its tokens (RFC 9449 §6). */
    Map<String, Object> confirmation() {
        try {
            return Map.of("jkt", key.computeThumbprint().toString());
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A proof for one request (RFC 9449 §4.2). */
    String proof(String method, String url, String accessToken) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(accessToken.getBytes(StandardCharsets.US_ASCII));
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                    .type(new JOSEObjectType("dpop+jwt"))
                    .jwk(key.toPublicJWK())
                    .build();
            JWTClaimsSet claims = new JWTClaimsSet.Builder()
                    .jwtID(UUID.randomUUID().toString())
                    .claim("htm", method)
                    .claim("htu", url)
                    .claim("ath", Base64.getUrlEncoder().withoutPadding().encodeToString(digest))
                    .issueTime(Date.from(clock.instant()))
                    .build();
            SignedJWT proof = new SignedJWT(header, claims);
            proof.sign(new ECDSASigner(key));
            return proof.serialize();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
