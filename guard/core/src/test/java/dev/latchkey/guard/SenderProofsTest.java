package dev.latchkey.guard;

import static dev.latchkey.guard.Outcome.admitted;
import static dev.latchkey.guard.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.id.JWTID;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key (RFC 9449), with proofs that Nimbus makes. */
class SenderProofsTest {
    private static final String URL = "https://orders.example/orders";
    private static final Access ANY = Access.authenticated();

    private final TestIssuer issuer = new TestIssuer();
    private final Guard guard = issuer.guard().build();
    private final ECKey key = generated();
    private final String token = bound(key);

    @AfterEach
    void close() {
        guard.close();
    }

    private static ECKey generated() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private String bound(ECKey to) {
        try {
            return issuer.sign(issuer.token()
                    .claim("cnf", Map.of("jkt", to.computeThumbprint().toString())));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Proof(ECKey by, String method, String url, String token, Instant at, String id) {
        String text() {
            try {
                return new DefaultDPoPProofFactory(by, JWSAlgorithm.ES256)
                        .createDPoPJWT(
                                new JWTID(id), method, URI.create(url), Date.from(at), new DPoPAccessToken(token))
                        .serialize();
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Proof proof(String id) {
        return new Proof(key, "GET", URL, token, issuer.instant(), id);
    }

    private Decision check(String method, String url, String proof) {
        return guard.check(
                SentRequest.of(method, url)
                        .with("Authorization", "DPoP " + token)
                        .with("DPoP", proof),
                ANY);
    }

    private Decision check(Proof proof) {
        return check("GET", URL, proof.text());
    }

    @Test
    void takesABoundTokenWithAProof() {
        assertThat(admitted(check(proof("proof-number-1"))).subject()).isEqualTo("alice");
    }

    @Test
    void takesAProofOnce() {
        Proof proof = proof("proof-number-1");
        admitted(check(proof));

        RefusedAnswer again = refused(check(proof));

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.error()).isEqualTo("invalid_dpop_proof");
        assertThat(again.challenges())
                .singleElement()
                .asString()
                .startsWith("DPoP error=\"invalid_dpop_proof\"")
                .contains("used before")
                .contains(" ES256 ");
    }

    @Test
    void takesAProofOnceOfManyAtTheSameTime() throws Exception {
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                String text = proof("proof-of-round-" + round).text();
                List<Callable<Boolean>> attempts = new ArrayList<>();
                for (int i = 0; i < 32; i++) {
                    attempts.add(() -> check("GET", URL, text).caller().isPresent());
                }
                int admitted = 0;
                for (Future<Boolean> attempt : pool.invokeAll(attempts)) {
                    admitted += attempt.get() ? 1 : 0;
                }
                assertThat(admitted).isOne();
            }
        }
    }

    @Test
    void isNotSatisfiedWithTheTokenAlone() {
        assertThat(refused(guard.check(SentRequest.bearer(token), ANY)).error()).isEqualTo("invalid_token");
        assertThat(refused(guard.check(SentRequest.get(URL).with("Authorization", "DPoP " + token), ANY))
                        .error())
                .isEqualTo("invalid_dpop_proof");
    }

    @Test
    void refusesTheProofOfAnotherKey() {
        Proof stolen = new Proof(generated(), "GET", URL, token, issuer.instant(), "proof-number-1");

        assertThat(refused(check(stolen)).error()).isEqualTo("invalid_token");
    }

    @Test
    void refusesAProofForAnotherToken() {
        Proof other = new Proof(key, "GET", URL, issuer.signed(), issuer.instant(), "proof-number-1");

        assertThat(refused(check(other)).description()).contains("another access token");
    }

    @Test
    void refusesAProofForAnotherMethod() {
        assertThat(refused(check("POST", URL, proof("proof-number-1").text())).description())
                .contains("method");
    }

    @ParameterizedTest
    @CsvSource({
        "https://orders.example/orders, https://orders.example/orders?page=2",
        "https://ORDERS.example:443/orders, https://orders.example/orders",
        "HTTPS://orders.example/orders, https://orders.example/orders",
        "https://orders.example/orders/a%2Fb, https://orders.example/orders/a%2Fb",
        "https://orders.example, https://orders.example/",
        "https://orders.example/orders, https://orders.example/orders?filter={a|b}",
    })
    void comparesAddresses(String signed, String asked) {
        Proof proof = new Proof(key, "GET", signed, token, issuer.instant(), "proof-number-1");

        admitted(check("GET", asked, proof.text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://orders.example/other",
                "https://orders.example/orders/",
                "http://orders.example/orders",
                "https://orders.example:8443/orders",
                "https://orders.example.evil.example/orders",
            })
    void refusesAProofForAnotherAddress(String signed) {
        Proof proof = new Proof(key, "GET", signed, token, issuer.instant(), "proof-number-1");

        assertThat(refused(check(proof)).description()).contains("address");
    }

    @Test
    void takesAProofThatWasMadeJustNow() {
        String early = proof("proof-number-1").text();
        issuer.turn(Duration.ofSeconds(30));
        admitted(check("GET", URL, early));
        String late = proof("proof-number-2").text();
        issuer.turn(Duration.ofSeconds(31));
        assertThat(refused(check("GET", URL, late)).description()).contains("just now");
        Proof ahead = new Proof(key, "GET", URL, token, issuer.instant().plusSeconds(11), "proof-number-3");
        assertThat(refused(check(ahead)).description()).contains("just now");
    }

    @Test
    void judgesTheTimeOfAProofBeforeItsSignature() {
        String old =
                new Proof(key, "GET", URL, token, issuer.instant().minus(Duration.ofHours(1)), "proof-number-1").text();
        String other = proof("proof-number-2").text();
        String spoilt = old.substring(0, old.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));

        assertThat(refused(check("GET", URL, spoilt)).description()).contains("just now");
    }

    @Test
    void remembersAProofForAsLongAsItCouldBeTaken() {
        Proof proof = new Proof(key, "GET", URL, token, issuer.instant().plusSeconds(10), "proof-number-1");
        admitted(check(proof));
        for (int second = 0; second < 41; second++) {
            refused(check(proof));
            issuer.turn(Duration.ofSeconds(1));
        }
    }

    @Test
    void refusesTwoProofs() {
        SentRequest request = SentRequest.get(URL)
                .with("Authorization", "DPoP " + token)
                .with("DPoP", proof("proof-number-1").text())
                .with("DPoP", proof("proof-number-2").text());

        assertThat(refused(guard.check(request, ANY)).error()).isEqualTo("invalid_dpop_proof");
    }

    @Test
    void refusesATokenUnderTheSchemeThatIsBoundToNothing() {
        String unbound = issuer.signed();
        Proof proof = new Proof(key, "GET", URL, unbound, issuer.instant(), "proof-number-1");
        SentRequest request =
                SentRequest.get(URL).with("Authorization", "DPoP " + unbound).with("DPoP", proof.text());

        assertThat(refused(guard.check(request, ANY)).description()).contains("not bound");
    }

    @Test
    void refusesAConfirmationThatItDoesNotUnderstand() {
        for (Object confirmation : List.of(Map.of("kid", "1"), Map.of("jkt", "x", "jwe", "y"), Map.of(), "jkt")) {
            String odd = issuer.sign(issuer.token().claim("cnf", confirmation));

            assertThat(refused(guard.check(SentRequest.bearer(odd), ANY)).status())
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesBearerTokensWhereOnlyBoundOnesAreTaken() {
        try (Guard strict = issuer.guard().senderConstrained().build()) {
            assertThat(refused(strict.check(SentRequest.bearer(issuer.signed()), ANY))
                            .description())
                    .contains("sender-constrained");
        }
    }

    @Test
    void comparesTheAddressThatClientsSeeBehindAProxy() {
        try (Guard proxied = issuer.guard().publicOrigin("https://api.example").build()) {
            Proof proof =
                    new Proof(key, "GET", "https://api.example/orders", token, issuer.instant(), "proof-number-1");
            SentRequest request = SentRequest.get("http://10.0.0.7:8080/orders")
                    .with("Authorization", "DPoP " + token)
                    .with("DPoP", proof.text());

            admitted(proxied.check(request, ANY));
        }
    }

    @Test
    void doesNotBelieveTheHostOfARequestWhereItKnowsWhatTheApiIsCalled() {
        try (Guard named = issuer.guard().resource("https://orders.example").build()) {
            String elsewhere = "https://evil.example/orders";
            Proof replayed = new Proof(key, "GET", elsewhere, token, issuer.instant(), "proof-number-1");
            SentRequest request = SentRequest.get(elsewhere)
                    .with("Authorization", "DPoP " + token)
                    .with("DPoP", replayed.text());

            assertThat(refused(named.check(request, ANY)).description()).contains("address");
        }
    }

    @Test
    void neverForgetsAProofForWantOfRoom() {
        UsedProofs few = new UsedProofs(Duration.ofSeconds(40), 2);
        Instant now = issuer.instant();

        assertThat(few.use(digest(1), now)).isEqualTo(UsedProofs.Use.FIRST);
        assertThat(few.use(digest(2), now)).isEqualTo(UsedProofs.Use.FIRST);
        assertThat(few.use(digest(3), now)).isEqualTo(UsedProofs.Use.NO_ROOM);
        assertThat(few.use(digest(1), now)).isEqualTo(UsedProofs.Use.AGAIN);
        assertThat(few.use(digest(3), now.plusSeconds(80))).isEqualTo(UsedProofs.Use.FIRST);
    }

    private static byte[] digest(int number) {
        return SenderProofs.sha256(new byte[] {(byte) number});
    }
}
