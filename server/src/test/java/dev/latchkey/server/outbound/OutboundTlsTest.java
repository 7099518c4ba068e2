package dev.latchkey.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.server.TurnedClock;
import dev.latchkey.server.outbound.OutboundException.Reason;
import dev.latchkey.server.tls.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;

/** Whose certificates the client believes. */
class OutboundTlsTest {
    private final TestAuthority authority = new TestAuthority();

    private static Outbound trusting(X509Certificate... authorities) {
        return new Outbound(
                new OutboundSettings(Duration.ofSeconds(20), 1000, List.of(authorities), true),
                _ -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                new TurnedClock());
    }

    private static ScriptedServer serving(TestAuthority.Identity identity) {
        SSLContext context = identity.serverContext();
        return ScriptedServer.start(
                context.getServerSocketFactory(),
                (_, out) -> out.write(ScriptedServer.ok("safe").getBytes(StandardCharsets.US_ASCII)));
    }

    private static URI url(String host, ScriptedServer server) {
        return URI.create("https://" + host + ":" + server.port() + "/");
    }

    private OutboundException refusal(String host, TestAuthority.Identity identity, X509Certificate... trusted) {
        try (ScriptedServer server = serving(identity);
                Outbound outbound = trusting(trusted)) {
            OutboundException refusal =
                    catchThrowableOfType(OutboundException.class, () -> outbound.get(url(host, server)));
            assertThat(server.requests()).isEmpty();
            return refusal;
        }
    }

    @Test
    void believesTheConfiguredAuthority() throws Exception {
        try (ScriptedServer server = serving(authority.identity("client.example", "127.0.0.1"));
                Outbound outbound = trusting(authority.certificate())) {
            assertThat(outbound.get(url("client.example", server)).text()).isEqualTo("safe");
            assertThat(outbound.get(url("127.0.0.1", server)).text()).isEqualTo("safe");
        }
    }

    @Test
    void believesNoOtherAuthority() {
        OutboundException refusal = refusal("client.example", authority.identity("client.example"));
        assertThat(refusal.reason()).isEqualTo(Reason.TLS);
        TestAuthority other = new TestAuthority();
        assertThat(refusal("client.example", authority.identity("client.example"), other.certificate())
                        .reason())
                .isEqualTo(Reason.TLS);
    }

    @Test
    void theCertificateHasToBeOfTheHost() { // RFC 9110 §4.3.4
        assertThat(refusal("client.example", authority.identity("other.example"), authority.certificate())
                        .reason())
                .isEqualTo(Reason.TLS);
        assertThat(refusal("127.0.0.1", authority.identity("client.example"), authority.certificate())
                        .reason())
                .isEqualTo(Reason.TLS);
    }

    @Test
    void theCertificateHasToBeValidNow() {
        assertThat(refusal("client.example", authority.expiredIdentity("client.example"), authority.certificate())
                        .reason())
                .isEqualTo(Reason.TLS);
    }

    @Test
    void asksForTheHostByName() throws Exception { // RFC 6066 §3
        AtomicReference<String> asked = new AtomicReference<>("");
        SSLContext context = authority.identity("client.example").serverContext();
        SSLServerSocket socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
        var parameters = socket.getSSLParameters();
        parameters.setSNIMatchers(List.of(new SNIMatcher(0) {
            @Override
            public boolean matches(SNIServerName name) {
                asked.set(new String(name.getEncoded(), StandardCharsets.US_ASCII));
                return true;
            }
        }));
        socket.setSSLParameters(parameters);
        try (socket;
                Outbound outbound = trusting(authority.certificate())) {
            Thread.ofVirtual().start(() -> {
                try (var connection = socket.accept()) {
                    connection.getInputStream().readNBytes(10);
                    connection.getOutputStream().write(ScriptedServer.ok("x").getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            outbound.get(URI.create("https://client.example:" + socket.getLocalPort() + "/"));
        }
        assertThat(asked).hasValue("client.example");
    }

    @Test
    void aServerThatNeverShakesHandsIsCut() {
        try (ScriptedServer plain = ScriptedServer.answering(ScriptedServer.ok("plain"))) {
            // it waits for the end of a request line that never comes, until the connection is cut
            try (Outbound hurried = new Outbound(
                    new OutboundSettings(Duration.ofMillis(300), 1000, List.of(), true),
                    _ -> List.of(InetAddress.ofLiteral("127.0.0.1")),
                    new TurnedClock())) {
                assertThat(catchThrowableOfType(
                                        OutboundException.class, () -> hurried.get(url("client.example", plain)))
                                .reason())
                        .isEqualTo(Reason.TIMEOUT);
            }
        }
    }
}
