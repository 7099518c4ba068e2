package dev.latchkey.server.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.CapturedLog;
import dev.latchkey.server.http.HttpServer;
import dev.latchkey.server.http.HttpSettings;
import dev.latchkey.server.http.RequestObserver;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.http.Router;
import dev.latchkey.server.http.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server's certificate and what TLS it speaks, over real sockets. */
class ServerTlsTest {
    private static final String REQUEST = "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final TestAuthority authority = new TestAuthority();
    private ServerTls tls;
    private HttpServer server;

    @BeforeEach
    void start() throws PemException {
        serve(authority.identity("localhost"), PATIENCE);
    }

    private void serve(TestAuthority.Identity identity, Duration handshakeTimeout) throws PemException {
        tls = ServerTls.open(files().write(identity).settings(), InstantSource.system());
        server = HttpServer.start(
                HttpSettings.of("127.0.0.1", 0)
                        .withTransport(new Transport(Optional.of(tls.context(handshakeTimeout)), true)),
                new Router(List.of(Route.get("/hello", _ -> Response.text(200, "hello"))), RequestObserver.NONE));
    }

    private TlsFiles files() {
        return TlsFiles.in(folder);
    }

    @AfterEach
    void stop() {
        server.close();
        tls.close();
    }

    private SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket) authority
                .clientContext()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static String ask(Socket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
        StringBuilder answer = new StringBuilder();
        while (!answer.toString().endsWith("\r\n\r\nhello")) {
            int b = socket.getInputStream().read();
            if (b < 0) {
                throw new IOException("the connection ended after: " + answer);
            }
            answer.append((char) b);
        }
        return answer.toString();
    }

    private static X509Certificate shown(SSLSocket socket) throws IOException {
        return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, TLS_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_AES_256_GCM_SHA384",
        "TLSv1.3, TLS_CHACHA20_POLY1305_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"
    })
    void speaks(String version, String cipher) throws IOException {
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {version});
            socket.setEnabledCipherSuites(new String[] {cipher});
            assertThat(ask(socket)).startsWith("HTTP/1.1 200").contains("Strict-Transport-Security: max-age=31536000");
        }
    }

    @Test
    void speaksWithAnRsaKeyToo() throws Exception {
        stop();
        serve(authority.rsaIdentity("localhost"), PATIENCE);
        for (String version : List.of("TLSv1.3", "TLSv1.2")) {
            try (SSLSocket socket = connect()) {
                socket.setEnabledProtocols(new String[] {version});
                assertThat(ask(socket)).startsWith("HTTP/1.1 200");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
                "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256"
            })
    void refusesCiphersWithoutForwardSecrecyOrAuthentication(String cipher) throws IOException { // RFC 9325 §4.1
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {cipher});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    /** The JDK offers TLS 1.1 no more, so the first message is written by hand: RFC 4346 §7.4.1.2. */
    @Test
    void refusesTls11() throws IOException {
        byte[] hello = new byte[52];
        byte[] head = {22, 3, 1, 0, 47, 1, 0, 0, 43, 3, 2};
        System.arraycopy(head, 0, hello, 0, head.length);
        byte[] end = {0, 0, 4, (byte) 0xc0, 9, (byte) 0xc0, 10, 1, 0}; // no session, two ciphers, no compression
        System.arraycopy(end, 0, hello, hello.length - end.length, end.length);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(hello);
            byte[] answer = socket.getInputStream().readNBytes(7);
            assertThat(answer).startsWith(21).endsWith(70); // an alert: protocol_version
        }
    }

    @Test
    void aRequestInTheClearIsNotAnswered() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
            assertThat(whatComes(socket)).doesNotContain("HTTP");
        }
    }

    private static String whatComes(Socket socket) throws IOException {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException e) {
            return "a reset";
        }
    }

    @Test
    @Timeout(120)
    void aHandshakeThatDoesNotGoOnIsCut() throws Exception {
        stop();
        serve(authority.identity("localhost"), Duration.ofSeconds(1));
        try (SSLSocket good = connectInTime();
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(new byte[] {22, 3, 1});
            assertThat(whatComes(socket)).isIn("", "a reset");
            assertThat(ask(good)).startsWith("HTTP/1.1 200"); // one that is through has no limit any more
        }
    }

    /** A busy machine can take longer for a handshake than this server waits. */
    private SSLSocket connectInTime() {
        while (true) {
            try {
                SSLSocket socket = connect();
                assertThat(ask(socket)).startsWith("HTTP/1.1 200");
                return socket;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void aSecondHandshakeEndsTheConnection() throws IOException { // RFC 9325 §3.5
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThat(ask(socket)).startsWith("HTTP/1.1 200");
            assertThatThrownBy(() -> {
                        while (true) {
                            socket.startHandshake();
                            ask(socket);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void takesOverANewCertificateWithoutDroppingAConnection() throws Exception {
        TestAuthority.Identity renewed = authority.rsaIdentity("localhost");
        try (SSLSocket before = connect()) {
            assertThat(ask(before)).startsWith("HTTP/1.1 200");
            files().write(renewed);
            tls.reload();
            assertThat(ask(before)).startsWith("HTTP/1.1 200");
            try (SSLSocket after = connect()) {
                assertThat(ask(after)).startsWith("HTTP/1.1 200");
                assertThat(shown(after)).isEqualTo(renewed.chain().getFirst());
                assertThat(shown(before)).isNotEqualTo(shown(after));
            }
        }
    }

    @Test
    void keepsTheOldCertificateWhereTheNewFilesAreBroken() throws Exception {
        X509Certificate first;
        try (SSLSocket socket = connect();
                CapturedLog log = CapturedLog.start()) {
            ask(socket);
            first = shown(socket);
            TestAuthority.Identity next = authority.identity("localhost");
            files().write(next.certificatePem(), authority.identity("localhost").keyPem());
            tls.reload();
            tls.reload();
            assertThat(log.text())
                    .containsOnlyOnce("the certificate of TLS stays the old one")
                    .contains("is not the key of the first certificate");
            try (SSLSocket other = connect()) {
                ask(other);
                assertThat(shown(other)).isEqualTo(first);
            }
            files().write(next);
            tls.reload();
            try (SSLSocket other = connect()) {
                ask(other);
                assertThat(shown(other)).isEqualTo(next.chain().getFirst());
            }
        }
    }

    @Test
    void warnsOfACertificateThatHasExpired() throws Exception {
        try (CapturedLog log = CapturedLog.start()) {
            ServerTls.open(
                            files().write(authority.expiredIdentity("old.example"))
                                    .settings(),
                            InstantSource.system())
                    .close();
            assertThat(log.text()).contains("the certificate of CN=old.example has expired");
        }
    }

    @Test
    void refusesFilesThatHoldNoIdentityAndSaysWhere() throws Exception {
        TestAuthority.Identity good = authority.identity("localhost");
        String certificate = good.certificatePem();
        String key = good.keyPem();
        assertRefused(certificate, authority.identity("x").keyPem(), "tls.key: is not the key of the first");
        assertRefused(certificate, "", "tls.key: holds 0 private keys, not one");
        assertRefused(certificate, key + key, "tls.key: holds 2 private keys, not one");
        assertRefused("", key, "tls.crt: holds no certificate");
        assertRefused("\n\n" + TestAuthority.pem("CERTIFICATE", new byte[9]), key, "tls.crt, line 3: this is no X.509");
        assertRefused(certificate.replace("-----END", "----END"), key, "tls.crt, line 1: the block that begins here");
        assertRefused(certificate.replaceFirst("\n", "\n!"), key, "tls.crt, line 1: the block that begins here is not");
        assertRefused("-----END CERTIFICATE-----", key, "tls.crt, line 1: no such block has begun");
        assertRefused("-----BEGIN X-----\n" + certificate, key, "tls.crt, line 2: a block begins within");
        assertRefused(certificate, relabelled(key, "ENCRYPTED PRIVATE KEY"), "tls.key, line 1: the key is encrypted");
        assertRefused(
                certificate,
                relabelled(key, "RSA PRIVATE KEY").replaceFirst("\n", "\nProc-Type: 4,ENCRYPTED\n"),
                "tls.key, line 1: the key is encrypted");
        assertRefused(certificate, relabelled(key, "EC PRIVATE KEY"), "tls.key, line 1: the key is not PKCS#8");
        assertRefused(certificate, relabelled(key, "PUBLIC KEY"), "tls.key, line 1: this is no private key");
        assertRefused(certificate, generated("Ed25519", 255), "tls.key, line 1: the key is neither RSA nor");
        assertRefused(certificate, generated("RSA", 1024), "tls.key, line 1: the RSA key has less than 2048 bits");
    }

    private void assertRefused(String certificate, String key, String reason) {
        TlsSettings settings = files().write(certificate, key).settings();
        assertThatThrownBy(() -> ServerTls.check(settings))
                .isInstanceOf(PemException.class)
                .hasMessageStartingWith(folder + "/" + reason);
    }

    private static String relabelled(String key, String label) {
        return key.replace("PRIVATE KEY", label);
    }

    private static String generated(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return TestAuthority.pem(
                "PRIVATE KEY", generator.generateKeyPair().getPrivate().getEncoded());
    }
}
