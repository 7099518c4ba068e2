package dev.latchkey.server;

import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.ClientMetadata.Protection;
import dev.latchkey.server.epoch.Epochs;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.key.KeySettings;
import dev.latchkey.server.key.KeyVault;
import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.session.ServiceTime;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.signout.LogoutDeliverer;
import dev.latchkey.server.status.StatusListEndpoint;
import dev.latchkey.server.token.TokenIssuer;
import dev.latchkey.server.user.LoginThrottle;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One issuer: its settings, its store, its keys and its clock, wired into endpoints. Nothing of it is static, so a process
 * can hold many.
 */
public final class Issuer {
    /**
     * How much longer than an access token lives a key stays published and a revocation is told, for clocks that are slow and
     * for tokens from before their lifetime was set to less.
     */
    static final Duration KEPT_LONGER = Duration.ofHours(1);

    private final String url;
    private final Settings settings;
    private final Stores stores;
    private final Parts parts;
    private final KeyRing keys;
    private final ServiceTime serviceTime;
    private final Endpoints endpoints;

    /**
     * What an issuer is given from outside.
     *
     * @param masterKey under which its keys rest
     * @param hasher of passwords; may be shared with other issuers
     * @param throttle the rule for repeated failures
     * @param audit takes its audit events
     * @param outbound asks URLs that clients named
     * @param clock tells the time
     * @param random a strong source
     */
    public record Parts(
            MasterKey masterKey,
            PasswordHasher hasher,
            LoginThrottle throttle,
            AuditTrail audit,
            Outbound outbound,
            InstantSource clock,
            SecureRandom random) {}

    private Issuer(String url, Settings settings, Stores stores, Parts parts, KeyRing keys, ServiceTime serviceTime) {
        this.url = url;
        this.settings = settings;
        this.stores = stores;
        this.parts = parts;
        this.keys = keys;
        this.serviceTime = serviceTime;
        this.endpoints = new Endpoints(url, settings, stores, parts, keys, serviceTime);
    }

    /** Opens the issuer: brings its configuration into the store, makes the keys that are missing, looks for an outage. */
    public static Issuer open(String url, Settings settings, Stores stores, Parts parts) {
        KeyVault vault = new KeyVault(stores.keys(), stores.unitOfWork(), parts.masterKey());
        KeyRing keys = new KeyRing(vault, keySettings(settings), parts.clock(), parts.random());
        ServiceTime serviceTime = new ServiceTime(
                stores.serviceTime(),
                stores.unitOfWork(),
                parts.clock(),
                settings.tokens().refreshGrace(),
                stores.shared());
        new Configured(stores, parts.masterKey(), parts.hasher(), parts.clock(), parts.random()).apply(settings);
        keys.open(signingAlgorithms(settings));
        serviceTime.begin();
        Issuer issuer = new Issuer(url, settings, stores, parts, keys, serviceTime);
        issuer.epochs().wake();
        return issuer;
    }

    static KeySettings keySettings(Settings settings) {
        return new KeySettings(
                settings.keys().rotateAfter(),
                settings.keys().publishBefore(),
                settings.tokens().accessLifetime().plus(KEPT_LONGER),
                settings.tokens()
                        .sharedSecret()
                        .map(secret -> Jwk.secret(
                                settings.tokens().signingAlgorithm(), secret.getBytes(StandardCharsets.UTF_8))));
    }

    /** The configured algorithm, and those that a client may choose, among them RS256 (OpenID Connect Core §15.1). */
    static Set<Algorithm> signingAlgorithms(Settings settings) {
        Set<Algorithm> algorithms = EnumSet.copyOf(Protection.SIGNATURES);
        if (settings.tokens().sharedSecret().isEmpty()) {
            algorithms.add(settings.tokens().signingAlgorithm());
        }
        return algorithms;
    }

    /** Where this issuer answers. */
    public List<Route> routes() {
        return endpoints.routes();
    }

    /** The issuer identifier, which is also the address that the endpoints are under. */
    public String url() {
        return url;
    }

    public Stores stores() {
        return stores;
    }

    /** The keys in use, for commands and for the timer. */
    public KeyRing keys() {
        return keys;
    }

    /** Signs what clients are given, without the checks of a grant. */
    public TokenIssuer tokens() {
        return endpoints.tokens();
    }

    /** Tells clients of logouts: has to be woken now and then, and closed. */
    LogoutDeliverer logoutDeliverer() {
        return endpoints.logoutDeliverer();
    }

    /** Tells APIs of sessions that have ended: has to be woken every second. */
    StatusListEndpoint statusLists() {
        return endpoints.statusLists();
    }

    /** Since when what was issued counts: has to be woken every second. */
    Epochs epochs() {
        return endpoints.epochs();
    }

    Housekeeping housekeeping() {
        return new Housekeeping(
                stores,
                Housekeeping.Kept.with(
                        settings.lockOut().forgetAfter(),
                        settings.audit().retention(),
                        settings.registration().unusedExpireAfter()),
                parts.clock());
    }

    /** The time by its clock. */
    Instant now() {
        return parts.clock().instant();
    }

    public ServiceTime serviceTime() {
        return serviceTime;
    }
}
