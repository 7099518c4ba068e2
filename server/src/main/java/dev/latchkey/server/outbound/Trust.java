package dev.latchkey.server.outbound;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates are believed: the authorities of the Java runtime and those of the operator. Made when it is first
 * needed, since reading the runtime's own takes as long as a good part of a start.
 */
final class Trust {
    private final List<X509Certificate> ours;
    private volatile @Nullable SSLSocketFactory made;

    Trust(List<X509Certificate> ours) {
        this.ours = ours;
    }

    SSLSocketFactory sockets() {
        SSLSocketFactory factory = made;
        return factory != null ? factory : make();
    }

    private synchronized SSLSocketFactory make() {
        SSLSocketFactory factory = made;
        if (factory == null) {
            try {
                factory = context().getSocketFactory();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("the trusted certificates cannot be put together", e);
            }
            made = factory;
        }
        return factory;
    }

    private SSLContext context() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        int number = 0;
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager runtime) {
                for (X509Certificate authority : runtime.getAcceptedIssuers()) {
                    trusted.setCertificateEntry("runtime-" + number++, authority);
                }
            }
        }
        for (X509Certificate authority : ours) {
            trusted.setCertificateEntry("configured-" + number++, authority);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(trusted), null);
        return context;
    }

    private static TrustManager[] managers(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }
}
