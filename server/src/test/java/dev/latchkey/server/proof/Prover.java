package dev.latchkey.server.proof;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A sender with a key, whose proofs Nimbus makes. */
public final class Prover {
    private final ECKey key = generated();
    private final InstantSource clock;
    private final AtomicInteger proofs = new AtomicInteger();

    public Prover(InstantSource clock) {
        this.clock = clock;
    }

    private static ECKey generated() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String thumbprint() {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a proof says; what is null it does not say. */
    record Claims(
            String id,
            String method,
            String url,
            Instant at,
            @Nullable String token,
            @Nullable String nonce) {}

    private Claims claims(String method, String url, @Nullable String token) {
        return new Claims("proof-" + proofs.incrementAndGet(), method, url, clock.instant(), token, null);
    }

    String sign(Claims claims) {
        AccessToken token = claims.token() == null ? null : new DPoPAccessToken(claims.token());
        Nonce nonce = claims.nonce() == null ? null : new Nonce(claims.nonce());
        try {
            return new DefaultDPoPProofFactory(key, JWSAlgorithm.ES256)
                    .createDPoPJWT(
                            new JWTID(claims.id()),
                            claims.method(),
                            URI.create(claims.url()),
                            Date.from(claims.at()),
                            token,
                            nonce)
                    .serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new proof for a request for tokens. */
    public String proof(String method, String url) {
        return sign(claims(method, url, null));
    }

    /** A new proof for a request with this token, that says this nonce. */
    public String proof(String method, String url, @Nullable String token, @Nullable String nonce) {
        Claims claims = claims(method, url, token);
        return sign(new Claims(claims.id(), method, url, claims.at(), token, nonce));
    }

    /** A proof for a request for tokens, by a clock that is wrong. */
    public String proofMadeAt(Instant at, String url) {
        Claims claims = claims("POST", url, null);
        return sign(new Claims(claims.id(), "POST", url, at, null, null));
    }

    /** Posts a form with a new proof. */
    public Answer post(TestServer server, String path, String... namesAndValues) {
        return postWith(server, path, proof("POST", server.url() + path), namesAndValues);
    }

    /** Posts a form with this proof. */
    public static Answer postWith(TestServer server, String path, String proof, String... namesAndValues) {
        return server.send(form(server, path, namesAndValues).header("DPoP", proof));
    }

    static HttpRequest.Builder form(TestServer server, String path, String... namesAndValues) {
        return server.request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(TestServer.form(namesAndValues)));
    }

    /** Asks with a bound token and a new proof. */
    public Answer get(TestServer server, String path, String token) {
        return getWith(server, path, token, proof("GET", server.url() + path, token, null));
    }

    /** Asks with a bound token and this proof. */
    public static Answer getWith(TestServer server, String path, String token, String proof) {
        return server.send(
                server.request(path).header("Authorization", "DPoP " + token).header("DPoP", proof));
    }
}
