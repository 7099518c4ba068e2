package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.user.ConfiguredCredentialStore;
import dev.latchkey.server.user.User;
import dev.latchkey.server.user.UserStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class UserStoreContract extends StoreContract {
    private UserStore users;

    @BeforeEach
    void openStores() {
        users = new SqlUserStore(database);
    }

    static User user(String id, String username) {
        return new User(
                new UserId(id), username, Map.of(), List.of(), Optional.of("old hash"), 1, false, Origin.COMMAND, NOW);
    }

    private User found(String id) {
        return users.find(new UserId(id)).orElseThrow();
    }

    @Test
    void aUserComesBackAsItWas() {
        User alice = new User(
                new UserId("u1"),
                "Alice",
                Map.of(
                        "email",
                        "ä@example.com",
                        "email_verified",
                        true,
                        "updated_at",
                        12L,
                        "address",
                        Map.of("a", "b")),
                List.of("admin", "an \"odd\" role"),
                Optional.empty(),
                7,
                true,
                Origin.CONFIGURATION,
                NOW);

        assertThat(did(tx -> users.insert(tx, alice))).isTrue();

        assertThat(users.find(alice.id())).contains(alice);
        assertThat(users.find(new UserId("u2"))).isEmpty();
    }

    @Test
    void aUserIsFoundByAnySpellingOfTheName() {
        run(tx -> users.insert(tx, user("u1", "Ａlice Straße")));

        assertThat(users.findByUsername(" alice STRAße")).map(User::id).contains(new UserId("u1"));
        assertThat(users.findByUsername("alice")).isEmpty();
        assertThat(users.findByUsername("' or 1=1 --")).isEmpty();
    }

    @Test
    void aTakenNameOrIdIsNotGivenAgain() {
        run(tx -> users.insert(tx, user("u1", "alice")));

        assertThat(did(tx -> users.insert(tx, user("u2", "ALICE")))).isFalse();
        assertThat(did(tx -> users.insert(tx, user("u1", "bob")))).isFalse();

        assertThat(users.list("", 10)).containsExactly(user("u1", "alice"));
    }

    @Test
    void ofManyWhoWantTheSameNameOneGetsIt() throws Exception {
        List<Callable<Boolean>> callers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            User user = user("u" + i, "alice");
            callers.add(() -> run(tx -> users.insert(tx, user)));
        }

        assertThat(UnitOfWorkContract.together(callers)).containsOnlyOnce(true);
    }

    @Test
    void usersAreListedByPages() {
        for (String name : List.of("Dora", "alice", "Carol", "bob")) {
            run(tx -> users.insert(tx, user("id-" + name, name)));
        }

        assertThat(users.list("", 3)).map(User::username).containsExactly("alice", "bob", "Carol");
        assertThat(users.list("carol", 3)).map(User::username).containsExactly("Dora");
    }

    @Test
    void anEmptyStoreKnowsThatItIs() {
        assertThat(users.isEmpty()).isTrue();

        run(tx -> users.insert(tx, user("u1", "alice")));

        assertThat(users.isEmpty()).isFalse();
    }

    @Test
    void anUpdateLeavesPasswordAndCredentialVersion() {
        run(tx -> users.insert(tx, user("u1", "alice")));

        boolean updated = run(tx -> users.update(
                tx,
                new User(
                        new UserId("u1"),
                        "Bob",
                        Map.of("name", "Bob"),
                        List.of("x"),
                        Optional.empty(),
                        99,
                        false,
                        Origin.CONFIGURATION,
                        NOW.plusSeconds(1))));

        assertThat(updated).isTrue();
        assertThat(users.findByUsername("bob"))
                .contains(new User(
                        new UserId("u1"),
                        "Bob",
                        Map.of("name", "Bob"),
                        List.of("x"),
                        Optional.of("old hash"),
                        1,
                        false,
                        Origin.CONFIGURATION,
                        NOW));
        assertThat(users.findByUsername("alice")).isEmpty();
    }

    @Test
    void anUpdateThatDisablesMovesTheCredentialVersionOn() {
        User alice = user("u1", "alice");
        run(tx -> users.insert(tx, alice));
        for (boolean disabled : new boolean[] {true, true, false, false}) {
            run(tx -> users.update(
                    tx,
                    new User(
                            alice.id(),
                            alice.username(),
                            alice.claims(),
                            alice.roles(),
                            Optional.empty(),
                            1,
                            disabled,
                            alice.origin(),
                            NOW)));
            User stored = users.find(alice.id()).orElseThrow();
            assertThat(stored.disabled()).isEqualTo(disabled);
            assertThat(stored.credentialVersion()).isEqualTo(alice.credentialVersion() + 1);
        }
    }

    @Test
    void anUpdateOfNobodyOrToATakenNameIsRefused() {
        run(tx -> users.insert(tx, user("u1", "alice")));
        run(tx -> users.insert(tx, user("u2", "bob")));

        assertThat(did(tx -> users.update(tx, user("u3", "carol")))).isFalse();
        assertThat(did(tx -> users.update(tx, user("u2", "Alice")))).isFalse();
        assertThat(did(tx -> users.update(tx, user("u2", "BOB")))).isTrue();

        assertThat(users.list("", 10)).map(User::username).containsExactly("alice", "BOB");
    }

    @Test
    void anotherPasswordMovesTheCredentialVersion() {
        run(tx -> users.insert(tx, user("u1", "alice")));

        assertThat(did(tx -> users.changePassword(tx, new UserId("u1"), "new hash")))
                .isTrue();
        assertThat(did(tx -> users.changePassword(tx, new UserId("u2"), "new hash")))
                .isFalse();

        assertThat(found("u1").passwordHash()).contains("new hash");
        assertThat(found("u1").credentialVersion()).isEqualTo(2);
    }

    @Test
    void aRenewedHashLeavesTheCredentialVersionAndLosesToANewPassword() {
        run(tx -> users.insert(tx, user("u1", "alice")));

        commit(tx -> users.renewPasswordHash(tx, new UserId("u1"), "old hash", "renewed hash"));
        assertThat(found("u1").passwordHash()).contains("renewed hash");
        assertThat(found("u1").credentialVersion()).isEqualTo(1);

        run(tx -> users.changePassword(tx, new UserId("u1"), "new hash"));
        commit(tx -> users.renewPasswordHash(tx, new UserId("u1"), "renewed hash", "late hash"));
        assertThat(found("u1").passwordHash()).contains("new hash");
    }

    @Test
    void usersAreDisabledAndEnabled() {
        run(tx -> users.insert(tx, user("u1", "alice")));

        assertThat(did(tx -> users.setDisabled(tx, new UserId("u1"), true))).isTrue();
        assertThat(found("u1").disabled()).isTrue();
        assertThat(did(tx -> users.setDisabled(tx, new UserId("u1"), false))).isTrue();
        assertThat(found("u1").disabled()).isFalse();
        assertThat(did(tx -> users.setDisabled(tx, new UserId("u2"), true))).isFalse();
    }

    @Test
    void theConfiguredCredentialSavedLastIsFound() {
        ConfiguredCredentialStore credentials = new SqlConfiguredCredentialStore(database);
        UserId alice = new UserId("u1");

        assertThat(credentials.find(alice)).isEmpty();
        commit(tx -> credentials.save(tx, alice, "one"));
        commit(tx -> credentials.save(tx, alice, "two"));

        assertThat(credentials.find(alice)).contains("two");
        assertThat(credentials.find(new UserId("u2"))).isEmpty();
    }
}
