package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientStore;
import dev.latchkey.server.client.Credential;
import dev.latchkey.server.client.Credential.HashedSecret;
import dev.latchkey.server.client.Credential.SealedSecret;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.ResponseType;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.token.Algorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class ClientStoreContract extends StoreContract {
    private static final ClientMetadata FULL_METADATA = new ClientMetadata(
            "Orders \"web\" ä",
            List.of("http://localhost:3000/callback", "com.example:/cb?a=b"),
            Set.of(GrantType.AUTHORIZATION_CODE, new GrantType("urn:ietf:params:oauth:grant-type:x")),
            Set.of(ResponseType.CODE, ResponseType.CODE_ID_TOKEN),
            AuthenticationMethod.CLIENT_SECRET_POST,
            Scope.of("openid", "orders:read"),
            List.of("https://orders.example"),
            false,
            new ClientMetadata.About(
                    Optional.of("https://rp.example"),
                    Optional.of("https://rp.example/logo.png"),
                    Optional.of("https://rp.example/policy"),
                    Optional.of("https://rp.example/terms"),
                    List.of("ops@rp.example")),
            new ClientMetadata.SignIn(
                    ClientMetadata.ApplicationType.NATIVE,
                    ClientMetadata.SubjectType.PAIRWISE,
                    Optional.of("https://rp.example/sector.json"),
                    Optional.of(Duration.ofMinutes(10)),
                    true,
                    List.of("1"),
                    Optional.of("https://rp.example/start"),
                    true,
                    true),
            new ClientMetadata.Jose(
                    Optional.of(Map.of("keys", List.of(Map.of("kty", "OKP", "x", "AA")))),
                    Optional.of("https://rp.example/jwks"),
                    Optional.of(Algorithm.ES256),
                    new ClientMetadata.Protection(
                            Optional.of(Algorithm.PS256),
                            Optional.of(new ClientMetadata.Encryption("RSA-OAEP-256", "A256GCM"))),
                    new ClientMetadata.Protection(
                            Optional.empty(), Optional.of(new ClientMetadata.Encryption("ECDH-ES", "A128CBC-HS256")))),
            new ClientMetadata.Logout(
                    List.of("https://rp.example/out"),
                    Optional.of("https://rp.example/back"),
                    true,
                    Optional.of("https://rp.example/front"),
                    true),
            new ClientMetadata.Bound(true));

    private ClientStore clients;

    @BeforeEach
    void openStores() {
        clients = new SqlClientStore(database);
    }

    private static Client client(String id, String name) {
        return new Client(
                new ClientId(id),
                new Credential.None(),
                ClientMetadata.of(name, List.of(), Set.of(), AuthenticationMethod.NONE, Scope.NONE),
                false,
                Origin.COMMAND,
                NOW);
    }

    @Test
    void aChangeCountsForWhoeverAsksAfterIt() {
        ClientStore other = new SqlClientStore(database);
        for (int i = 0; i < 200; i++) {
            String name = "name " + i;
            commit(tx -> other.save(tx, client("spa", name)));
            assertThat(clients.find(new ClientId("spa"))).contains(client("spa", name));
            assertThat(other.find(new ClientId("spa"))).contains(client("spa", name));
        }
        commit(tx -> other.remove(tx, new ClientId("spa")));
        assertThat(clients.find(new ClientId("spa"))).isEmpty();
    }

    @Test
    void aUnitOfWorkSeesItsOwnChangeAndNobodyElseSeesOneThatFailed() {
        commit(tx -> clients.save(tx, client("spa", "old")));
        assertThat(clients.find(new ClientId("spa"))).contains(client("spa", "old"));

        assertThatThrownBy(() -> database.run(tx -> {
                    clients.save(tx, client("spa", "new"));
                    assertThat(clients.find(new ClientId("spa"))).contains(client("spa", "new"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThat(clients.find(new ClientId("spa"))).contains(client("spa", "old"));
    }

    @Test
    void aClientComesBackAsItWas() {
        Client web = new Client(
                new ClientId("web app"),
                new HashedSecret("ab".repeat(32)),
                FULL_METADATA,
                true,
                Origin.CONFIGURATION,
                NOW);

        commit(tx -> clients.save(tx, web));
        commit(tx -> clients.save(tx, client("spa", "")));

        assertThat(clients.find(web.id())).contains(web);
        assertThat(clients.find(new ClientId("spa"))).contains(client("spa", ""));
        assertThat(clients.find(new ClientId("SPA"))).isEmpty();
    }

    @Test
    void aSealedSecretComesBackAndGoesWithAnotherMethod() {
        Client sealed = new Client(
                new ClientId("bot"),
                new SealedSecret("sealed"),
                ClientMetadata.of("", List.of(), Set.of(), AuthenticationMethod.CLIENT_SECRET_JWT, Scope.NONE),
                false,
                Origin.COMMAND,
                NOW);
        commit(tx -> clients.save(tx, sealed));
        assertThat(clients.find(sealed.id())).contains(sealed);

        commit(tx -> clients.save(tx, client("bot", "")));
        assertThat(clients.find(sealed.id())).contains(client("bot", ""));
    }

    @Test
    void savingReplaces() {
        commit(tx -> clients.save(tx, client("spa", "old")));

        commit(tx -> clients.save(tx, client("spa", "new")));

        assertThat(clients.list("", 10)).containsExactly(client("spa", "new"));
    }

    @Test
    void clientsAreListedByPages() {
        for (String id : List.of("c", "a", "d", "b")) {
            commit(tx -> clients.save(tx, client(id, id)));
        }

        assertThat(clients.list("", 3)).map(found -> found.id().value()).containsExactly("a", "b", "c");
        assertThat(clients.list("c", 3)).map(found -> found.id().value()).containsExactly("d");
    }

    @Test
    void aRemovedClientIsGone() {
        commit(tx -> clients.save(tx, client("spa", "")));

        assertThat(did(tx -> clients.remove(tx, new ClientId("spa")))).isTrue();

        assertThat(clients.find(new ClientId("spa"))).isEmpty();
        assertThat(did(tx -> clients.remove(tx, new ClientId("spa")))).isFalse();
    }
}
