package dev.latchkey.testkit;

import dev.latchkey.server.Server;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.setting.Settings;
import dev.latchkey.server.token.TokenIssuer.Granted;
import dev.latchkey.server.user.User;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import java.time.InstantSource;
import java.util.List;

/** Where tokens of a test come from: the server's own issuing, without its questions. */
final class Mint {
    private final Server server;
    private final Settings settings;
    private final InstantSource clock;
    private final List<String> audience;

    /** @param audience of tokens where nothing else is asked for; empty for that of their client */
    Mint(Server server, Settings settings, InstantSource clock, List<String> audience) {
        this.server = server;
        this.settings = settings;
        this.clock = clock;
        this.audience = audience;
    }

    /** What a token is for. */
    record Grant(String clientId, List<String> scopes, List<String> audience) {}

    /** An access token of a session that begins with it, and can be ended. */
    String forUser(String username, Grant grant) {
        User user = user(username);
        Granted granted = granted(grant);
        Session session = server.issuer().tokens().begin(granted, user);
        server.issuer().stores().unitOfWork().run(transaction -> {
            server.issuer().stores().sessions().insert(transaction, session);
            return true;
        });
        return server.issuer()
                .tokens()
                .issue(granted, user, session, session.generation())
                .accessToken();
    }

    String forClient(Grant grant) {
        return server.issuer().tokens().issue(granted(grant)).accessToken();
    }

    private Granted granted(Grant grant) {
        ClientId id = new ClientId(grant.clientId());
        Client client = server.issuer()
                .stores()
                .clients()
                .find(id)
                .orElseThrow(() -> new IllegalArgumentException("there is no client " + id + "; declare it"));
        return new Granted(client, Scope.of(grant.scopes().toArray(String[]::new)), audience(grant, client));
    }

    private List<String> audience(Grant grant, Client client) {
        if (!grant.audience().isEmpty()) {
            return grant.audience();
        }
        if (!audience.isEmpty()) {
            return audience;
        }
        List<String> own = client.metadata().audience();
        return own.isEmpty() ? List.of(server.issuer().url()) : own;
    }

    User user(String username) {
        return server.issuer()
                .stores()
                .users()
                .findByUsername(username)
                .orElseThrow(() -> new IllegalArgumentException("there is no user " + username + "; declare it"));
    }

    /** The client behind {@code /login}. */
    String loginClient() {
        return settings.loginClient();
    }

    Algorithm algorithm() {
        return settings.tokens().signingAlgorithm();
    }

    Jwk signer(Algorithm algorithm) {
        return server.issuer().keys().signer(algorithm);
    }

    InstantSource clock() {
        return clock;
    }
}
