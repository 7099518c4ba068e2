package dev.latchkey.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A context that lays TLS over sockets that were accepted, with given parameters and a bounded time for the handshake. The
 * web server makes its TLS sockets through a context and knows no such time: without it, a client that sends a byte of its
 * handshake a minute would keep a connection for days. It does nothing else: it makes no engines and no server sockets.
 */
final class BoundedContext extends SSLContext {
    private BoundedContext(Spi spi, SSLContext context) {
        super(spi, context.getProvider(), context.getProtocol());
    }

    static SSLContext of(
            SSLContext context, SSLParameters parameters, Duration handshakeTimeout, ScheduledExecutorService timer) {
        return new BoundedContext(new Spi(context, new Sockets(context, parameters, handshakeTimeout, timer)), context);
    }

    private static final class Spi extends SSLContextSpi {
        private final SSLContext context;
        private final Sockets sockets;

        Spi(SSLContext context, Sockets sockets) {
            this.context = context;
            this.sockets = sockets;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it was made ready before");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return sockets;
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() { // the web server makes one to see whether it could, and drops it
            return context.createSSLEngine();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return context.createSSLEngine(host, port);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }

    private static final class Sockets extends SSLSocketFactory {
        private final SSLContext context;
        private final SSLParameters parameters;
        private final Duration handshakeTimeout;
        private final ScheduledExecutorService timer;

        Sockets(
                SSLContext context,
                SSLParameters parameters,
                Duration handshakeTimeout,
                ScheduledExecutorService timer) {
            this.context = context;
            this.parameters = parameters;
            this.handshakeTimeout = handshakeTimeout;
            this.timer = timer;
        }

        @Override
        public Socket createSocket(Socket raw, @Nullable InputStream consumed, boolean autoClose) throws IOException {
            // whatever is asked for: the web server closes the TLS socket only, and the connection would stay
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, consumed, true);
            socket.setUseClientMode(false);
            socket.setSSLParameters(parameters);
            Future<?> cut = timer.schedule(
                    () -> ServerTls.closeQuietly(raw), handshakeTimeout.toMillis(), TimeUnit.MILLISECONDS);
            AtomicBoolean shaken = new AtomicBoolean();
            socket.addHandshakeCompletedListener(_ -> {
                cut.cancel(false);
                if (shaken.getAndSet(true)) { // renegotiation costs a server more than a client: RFC 9325 §3.5
                    ServerTls.closeQuietly(raw);
                }
            });
            return socket;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return parameters.getCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return parameters.getCipherSuites();
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) {
            throw new UnsupportedOperationException("for accepted sockets only");
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException("for accepted sockets only");
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException("for accepted sockets only");
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException("for accepted sockets only");
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException("for accepted sockets only");
        }
    }
}
