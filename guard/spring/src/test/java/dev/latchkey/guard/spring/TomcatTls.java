package dev.latchkey.guard.spring;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.TrustManager;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** Has Tomcat serve by TLS with a context that was made already, which Spring Boot has no property for. */
record TomcatTls(SSLContext context) implements org.apache.tomcat.util.net.SSLContext {
    /** Whose name is another in Spring Boot 3 and in Spring Boot 4. */
    static Class<?> customizerType() {
        try {
            return Class.forName("org.springframework.boot.web.embedded.tomcat.TomcatConnectorCustomizer");
        } catch (ClassNotFoundException e) {
            try {
                return Class.forName("org.springframework.boot.tomcat.TomcatConnectorCustomizer");
            } catch (ClassNotFoundException f) {
                throw new IllegalStateException(f);
            }
        }
    }

    static Object customizer(Class<?> type, SSLContext context) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "customize" -> {
                        secure((Connector) arguments[0], new TomcatTls(context));
                        yield null;
                    }
                    case "equals" -> proxy.getClass().isInstance(arguments[0]);
                    case "hashCode" -> type.hashCode();
                    default -> type.getName();
                });
    }

    private static void secure(Connector connector, TomcatTls tls) {
        SSLHostConfig host = new SSLHostConfig();
        host.setCertificateVerification("optional");
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
        certificate.setSslContext(tls);
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        connector.setScheme("https");
        connector.setSecure(true);
        connector.setProperty("SSLEnabled", "true");
    }

    @Override
    public void init(KeyManager[] keys, TrustManager[] trusted, SecureRandom random) {}

    @Override
    public void destroy() {}

    @Override
    public SSLSessionContext getServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    public SSLEngine createSSLEngine() {
        return context.createSSLEngine();
    }

    @Override
    public SSLServerSocketFactory getServerSocketFactory() {
        return context.getServerSocketFactory();
    }

    @Override
    public SSLParameters getSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return new X509Certificate[0];
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
