package dev.latchkey.server.tls;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * TLS for a server: its identity, watched in its files, and the versions and ciphers of RFC 9325. TLS 1.3, and TLS 1.2 with
 * ephemeral keys and authenticated encryption only. Safe for use by many threads.
 */
public final class ServerTls implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServerTls.class.getName());

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"}; // RFC 9325 §3.1.1
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", // RFC 9325 §4.2
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private final TlsSettings settings;
    private final InstantSource clock;
    private final CurrentIdentity keyManager;
    private final SSLContext context;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("tls-handshakes").factory());

    private String lastFailure = "";

    private ServerTls(TlsSettings settings, InstantSource clock, TlsIdentity identity) {
        this.settings = settings;
        this.clock = clock;
        this.keyManager = new CurrentIdentity(identity);
        this.context = context(keyManager);
        timer.setRemoveOnCancelPolicy(true);
        warn(identity);
    }

    /**
     * Reads the identity.
     *
     * @throws PemException if its files do not hold one
     */
    public static ServerTls open(TlsSettings settings, InstantSource clock) throws PemException {
        return new ServerTls(settings, clock, TlsIdentity.read(settings));
    }

    /**
     * Whether its files hold an identity.
     *
     * @throws PemException if not, with the reason
     */
    public static void check(TlsSettings settings) throws PemException {
        var _ = TlsIdentity.read(settings);
    }

    private static SSLContext context(KeyManager keyManager) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {keyManager}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    /** A context whose sockets have the time for their handshake. */
    public SSLContext context(Duration handshakeTimeout) {
        return BoundedContext.of(context, parameters(), handshakeTimeout, timer);
    }

    private SSLParameters parameters() {
        List<String> available =
                Arrays.asList(context.getSupportedSSLParameters().getCipherSuites());
        SSLParameters parameters = context.getDefaultSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(CIPHERS.stream().filter(available::contains).toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        return parameters;
    }

    /**
     * Takes over what is in the files if it has changed and is good; else keeps what it has, and says so once. To be called
     * now and then, by one thread.
     */
    public void reload() {
        try {
            TlsIdentity identity = TlsIdentity.read(settings);
            lastFailure = "";
            if (!identity.isSameAs(keyManager.current())) {
                keyManager.change(identity);
                LOG.log(Level.INFO, "the certificate of TLS was read anew");
                warn(identity);
            }
        } catch (PemException e) {
            String failure = String.valueOf(e.getMessage());
            if (!failure.equals(lastFailure)) {
                lastFailure = failure;
                LOG.log(Level.ERROR, "the certificate of TLS stays the old one: " + failure);
            }
        }
    }

    private void warn(TlsIdentity identity) {
        identity.concern(clock.instant()).ifPresent(concern -> LOG.log(Level.WARNING, concern));
    }

    /** Lets go of the timer; connections stay. */
    @Override
    public void close() {
        timer.shutdown();
    }

    /** Without a farewell, which could block. */
    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            return; // it is gone either way
        }
    }
}
