package dev.latchkey.guard;

import static dev.latchkey.guard.Outcome.admitted;
import static dev.latchkey.guard.Outcome.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.X509CertUtils;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that are bound to a certificate (RFC 8705 §3), the thumbprint computed by Nimbus. */
class CertificateBindingTest {
    private static final Access ANY = Access.authenticated();

    private final TestIssuer issuer = new TestIssuer();
    private final Guard guard = issuer.guard().build();
    private final X509Certificate client = certificate("client.pem");
    private final String token = issuer.sign(issuer.token()
            .claim(
                    "cnf",
                    Map.of(
                            "x5t#S256",
                            X509CertUtils.computeSHA256Thumbprint(client).toString())));

    @AfterEach
    void close() {
        guard.close();
    }

    @Test
    void takesABoundTokenFromItsClient() {
        admitted(guard.check(SentRequest.bearer(token).with(client), ANY));
    }

    @Test
    void refusesItFromAnotherClient() {
        SentRequest request = SentRequest.bearer(token).with(certificate("other-client.pem"));

        assertThat(refused(guard.check(request, ANY)).description()).contains("another certificate");
    }

    @Test
    void refusesItWithoutACertificate() {
        assertThat(refused(guard.check(SentRequest.bearer(token), ANY)).status())
                .isEqualTo(401);
    }

    private static X509Certificate certificate(String file) {
        try (InputStream pem = CertificateBindingTest.class.getResourceAsStream(file)) {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(Objects.requireNonNull(pem));
        } catch (IOException | CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
