package dev.latchkey.server.sql;

import static dev.latchkey.server.sql.SessionStoreContract.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.Registration;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a client that two change at the same time, whichever of them is first. */
abstract class ClientRaceContract extends StoreContract {
    private SqlClientStore clients;

    @BeforeEach
    void openStores() {
        clients = new SqlClientStore(database);
        commit(tx -> clients.save(tx, SessionStoreContract.client(WEB, false)));
    }

    @Test
    void noMoreRegisterThanMay() throws Exception {
        SqlRegistrationStore registrations = new SqlRegistrationStore(database);
        List<Callable<Boolean>> callers = new ArrayList<>();
        IntStream.range(0, 16)
                .forEach(number -> callers.add(() -> run(tx ->
                        registrations.insert(tx, new Registration(new ClientId("client-" + number), "hash", NOW), 5))));

        assertThat(UnitOfWorkContract.together(callers).stream().filter(inserted -> inserted))
                .hasSize(5);
    }

    @Test
    void aClientThatIsRemovedWhileItIsChangedDoesNotComeBack() throws Exception {
        SqlRegistrationStore registrations = new SqlRegistrationStore(database);
        Registration registration = new Registration(WEB, "hash", NOW);
        run(tx -> registrations.insert(tx, registration, 5));

        inEachOther(
                tx -> {
                    if (registrations.stands(tx, registration)) {
                        clients.remove(tx, WEB);
                    }
                },
                tx -> {
                    if (registrations.stands(tx, registration)) {
                        clients.save(tx, SessionStoreContract.client(WEB, false));
                    }
                });

        assertThat(clients.find(WEB)).isEmpty();
    }

    @Test
    void aClientThatIsRemovedWhileItIsReplacedDoesNotComeBack() throws Exception {
        Client before = clients.find(WEB).orElseThrow();

        inEachOther(tx -> clients.remove(tx, WEB), tx -> clients.replace(tx, before, before.withDisabled(true)));

        assertThat(clients.find(WEB)).isEmpty();
    }

    @Test
    void ofTwoWhoReplaceAClientAtTheSameTimeOneDoes() throws Exception {
        Client before = clients.find(WEB).orElseThrow();
        List<Boolean> replaced = new ArrayList<>();
        Consumer<Transaction> replace = tx -> replaced.add(clients.replace(tx, before, before.withDisabled(true)));

        inEachOther(replace, replace);

        assertThat(replaced).containsExactly(true, false);
    }

    @Test
    void ofManyWhoAddAClientOneDoes() throws Exception {
        List<Callable<Boolean>> callers = new ArrayList<>();
        ClientId id = new ClientId("new");
        IntStream.range(0, 16)
                .forEach(_ -> callers.add(() -> run(tx -> clients.insert(tx, SessionStoreContract.client(id, false)))));

        assertThat(UnitOfWorkContract.together(callers)).containsOnlyOnce(true);
    }
}
