package dev.latchkey.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.status.StatusReader;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A running server sees that another process has begun an epoch, on whatever store. */
class EpochTest {
    private static final String SECRET = "service-secret-service-secret-00";

    private final TestServer server = TestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private void newEpoch() {
        Stores stores = server.server().issuer().stores();
        Epoch begun = stores.unitOfWork()
                .run(transaction ->
                        stores.epochs().begin(transaction, server.clock().instant()));
        assertThat(begun.number()).isEqualTo(1);
        server.server().catchUp(); // as the timer does every second
    }

    private boolean isActive(String token) {
        return Boolean.TRUE.equals(server.postAs("service", SECRET, "/introspect", "token", token)
                .json()
                .get("active"));
    }

    private Answer clientToken() {
        return server.postAs("service", SECRET, "/token", "grant_type", "client_credentials");
    }

    @Test
    void whatWasIssuedBeforeHasEndedAndWhatComesAfterCounts() {
        Answer login = server.login();
        String token = clientToken().text("access_token");
        assertThat(isActive(token)).isTrue();
        server.clock().turn(Duration.ofSeconds(1));

        newEpoch();

        assertThat(isActive(token)).isFalse();
        assertThat(isActive(login.text("access_token"))).isFalse();
        assertThat(server.refresh(login.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        Answer fresh = server.login();
        assertThat(server.getAs(fresh.text("access_token"), "/users/me").status())
                .isEqualTo(200);
        assertThat(isActive(clientToken().text("access_token"))).isTrue();
        StatusReader reader = new StatusReader(server);
        assertThat(reader.tells(login.text("access_token"))).isTrue();
        assertThat(reader.tells(fresh.text("access_token"))).isFalse();
        assertThat(server.refresh(fresh.text("refresh_token")).status()).isEqualTo(200);
    }
}
