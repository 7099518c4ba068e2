package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditQuery;
import dev.latchkey.server.audit.StoredEvent;
import dev.latchkey.server.sql.Database;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server keeps of what happened, asked of its store after it has stopped. */
class AuditTest {
    private static final String SECRET = "service-secret-service-secret-00";

    private final TestServer server = TestServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private List<StoredEvent> kept() {
        server.server().close();
        try (Database database = server.openStore()) {
            return Stores.of(database).auditEvents().listAfter(0, AuditQuery.all(), 10_000);
        }
    }

    private static List<StoredEvent> of(List<StoredEvent> events, AuditEvent.Type type) {
        return events.stream().filter(event -> event.type().equals(type.code())).toList();
    }

    @Test
    void aFullRunIsKeptWithoutASecret() {
        Answer login = server.login();
        String refresh = login.text("refresh_token");
        Answer wrong = server.post("/login", "username", "alice", "password", "a wrong password");
        Answer next = server.refresh(refresh);
        server.refresh(next.text("refresh_token"));
        server.clock().turn(Duration.ofMinutes(1));
        Answer replay = server.refresh(refresh);
        Answer clientToken = server.postAs("service", SECRET, "/token", "grant_type", "client_credentials");
        server.postAs("service", "a wrong secret", "/token", "grant_type", "client_credentials");
        Answer other = server.login();
        server.post("/revoke", "token", other.text("refresh_token"));
        assertThat(List.of(wrong.status(), replay.status(), clientToken.status()))
                .containsExactly(401, 400, 200);

        List<StoredEvent> events = kept();

        assertThat(of(events, AuditEvent.Type.LOGIN))
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.fields()).containsKeys("sub", "client_id", "sid", "address"));
        assertThat(of(events, AuditEvent.Type.LOGIN_ERROR)).hasSize(1);
        assertThat(of(events, AuditEvent.Type.CLIENT_LOGIN_ERROR)).hasSize(1);
        assertThat(of(events, AuditEvent.Type.REFRESH_TOKEN_REPLAY)).hasSize(1);
        assertThat(of(events, AuditEvent.Type.REVOKE_GRANT)).hasSize(1);
        assertThat(of(events, AuditEvent.Type.REFRESH_TOKEN)).as("routine").isEmpty();
        assertThat(of(events, AuditEvent.Type.CLIENT_LOGIN)).as("routine").isEmpty();
        assertThat(events.toString())
                .doesNotContain(TestServer.PASSWORD, SECRET, "a wrong password", "a wrong secret")
                .doesNotContainPattern("eyJ[\\w-]+\\.")
                .doesNotContain(refresh, next.text("refresh_token"), other.text("refresh_token"))
                .doesNotContain(login.text("access_token"), clientToken.text("access_token"));
        assertFieldsAreDocumented(events);
    }

    private static void assertFieldsAreDocumented(List<StoredEvent> events) {
        for (StoredEvent event : events) {
            AuditEvent.Type type = AuditEvent.Type.valueOf(event.type().toUpperCase(Locale.ROOT));
            Set<String> known = new HashSet<>(type.usualFields());
            assertThat(known).as(event.type()).containsAll(event.fields().keySet());
        }
    }

    @Test
    void aFloodOfWrongLoginsIsBounded() {
        for (int i = 0; i < 130; i++) {
            server.postAs("service", "wrong", "/token", "grant_type", "client_credentials");
        }

        List<StoredEvent> events = kept();

        assertThat(of(events, AuditEvent.Type.CLIENT_LOGIN_ERROR)).hasSize(100);
        assertThat(of(events, AuditEvent.Type.EVENTS_OMITTED))
                .singleElement()
                .satisfies(event -> assertThat(event.fields()).containsEntry("count", "30"));
    }
}
