package dev.latchkey.server.setting;

import dev.latchkey.server.audit.AuditSettings;
import dev.latchkey.server.browser.BrowserSettings;
import dev.latchkey.server.http.TrustedProxies;
import dev.latchkey.server.log.LogFormat;
import dev.latchkey.server.outbound.OutboundSettings;
import dev.latchkey.server.page.PageSettings;
import dev.latchkey.server.password.Argon2Settings;
import dev.latchkey.server.push.PushSettings;
import dev.latchkey.server.register.RegistrationSettings;
import dev.latchkey.server.sql.StoreSettings;
import dev.latchkey.server.tls.TlsSettings;
import dev.latchkey.server.token.TokenSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of one issuer, or of a process with many, every value checked. Immutable.
 *
 * @param issuer as given: a URL without query, fragment or trailing slash; empty for {@code http://localhost:PORT}, https with TLS
 * @param host the address to listen at
 * @param port the port to listen at; 0 for a free one
 * @param managementPort where health and metrics are served besides, if given
 * @param dataFolder of the embedded store and the master key
 * @param store the embedded database or the one that is shared
 * @param tls where the certificate is; empty for plain HTTP
 * @param outbound for requests to URLs that somebody else named
 * @param registration who may register clients
 * @param scopes what each scope of the operator's own allows, in words
 * @param pages how the pages for people look
 * @param users to be created or brought up to date at start
 * @param clients to be created or brought up to date at start
 * @param loginClient the client behind {@code /login}
 * @param trustedProxies whose forwarding headers count
 * @param log how events are written
 * @param hosting the issuers of a process with many; of the rest, what belongs to an issuer counts for none of them then
 */
public record Settings(
        Optional<String> issuer,
        String host,
        int port,
        Optional<Integer> managementPort,
        Path dataFolder,
        StoreSettings store,
        TokenSettings tokens,
        BrowserSettings browserSessions,
        PushSettings pushedRequests,
        KeySettings keys,
        PasswordSettings passwords,
        LockOutSettings lockOut,
        LimitSettings limits,
        Optional<TlsSettings> tls,
        OutboundSettings outbound,
        AuditSettings audit,
        RegistrationSettings registration,
        Map<String, String> scopes,
        PageSettings pages,
        List<UserSettings> users,
        List<ClientSettings> clients,
        String loginClient,
        TrustedProxies trustedProxies,
        LogFormat log,
        HostingSettings hosting) {

    public Settings {
        scopes = Collections.unmodifiableMap(new LinkedHashMap<>(scopes));
        users = List.copyOf(users);
        clients = List.copyOf(clients);
    }

    /** The issuer of a server that listens at the port. */
    public String issuerAt(int actualPort) {
        return issuer.orElse((tls.isPresent() ? "https" : "http") + "://localhost:" + actualPort);
    }

    /** The URL of one of many issuers, of a process that listens at the port: its own, else its name under that of the file. */
    public String issuerAt(int actualPort, String name) {
        Settings one = hosting.issuers().get(name);
        if (one == null) {
            throw new IllegalArgumentException("no issuer has this name");
        }
        return one.issuer().orElseGet(() -> issuerAt(actualPort) + "/" + name);
    }

    /** The same with other issuers. */
    Settings withHosting(HostingSettings other) {
        return new Settings(
                issuer,
                host,
                port,
                managementPort,
                dataFolder,
                store,
                tokens,
                browserSessions,
                pushedRequests,
                keys,
                passwords,
                lockOut,
                limits,
                tls,
                outbound,
                audit,
                registration,
                scopes,
                pages,
                users,
                clients,
                loginClient,
                trustedProxies,
                log,
                other);
    }

    /**
     * Many issuers in one process.
     *
     * @param name of this one of them; empty for the process, and where there is one issuer
     * @param issuers by name, in the order of the file; empty where there is one issuer
     * @param open how many of them are kept open at once
     */
    public record HostingSettings(Optional<String> name, Map<String, Settings> issuers, int open) {
        public HostingSettings {
            issuers = Collections.unmodifiableMap(new LinkedHashMap<>(issuers));
        }

        /** Whether this is the process, and the issuers are others. */
        public boolean isMany() {
            return !issuers.isEmpty();
        }
    }

    /**
     * The issuer's own keys.
     *
     * @param rotateAfter the age at which a signing key is succeeded by a new one
     * @param publishBefore how long a new key is published before it signs
     * @param masterKey 32 bytes in base64 or base64url, if given instead of the file
     * @param masterKeyFile holds the master key otherwise; made with mode 0600 at the first start
     */
    public record KeySettings(
            Duration rotateAfter, Duration publishBefore, Optional<String> masterKey, Path masterKeyFile) {
        @Override
        public String toString() {
            return "KeySettings[" + rotateAfter + ", " + publishBefore + ", " + masterKeyFile + "]";
        }
    }

    /**
     * Hashing of passwords.
     *
     * @param argon2 the cost of a new hash
     * @param concurrentHashes how many are computed at once; empty for as many as there are cores
     * @param queue how many may wait for their turn; past it the answer is 503
     */
    public record PasswordSettings(Argon2Settings argon2, Optional<Integer> concurrentHashes, int queue) {}

    /**
     * When repeated failures lock for a while.
     *
     * @param accountFailures failures in a row until an account is locked
     * @param addressFailures failures in a row until an address is locked
     * @param duration how long
     * @param forgetAfter a failure counts no more after this time without another
     */
    public record LockOutSettings(int accountFailures, int addressFailures, Duration duration, Duration forgetAfter) {}

    /**
     * Bounds of what a request may use.
     *
     * @param bodyBytes of a request's body
     * @param headerBytes of a request's line and header
     * @param connections open at once
     * @param requests being answered at once
     * @param idleTimeout after which a quiet connection is closed
     * @param drainTimeout how long a stopping server waits for the requests it is answering
     * @param drainDelay how long before that it goes on serving and says that it is not ready
     */
    public record LimitSettings(
            int bodyBytes,
            int headerBytes,
            int connections,
            int requests,
            Duration idleTimeout,
            Duration drainTimeout,
            Duration drainDelay) {}
}
