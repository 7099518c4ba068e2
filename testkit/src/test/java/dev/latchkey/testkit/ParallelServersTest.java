package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.token.UnverifiedToken;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Servers beside each other in one process know nothing of each other. */
class ParallelServersTest {
    private static LatchkeyServer start() {
        return LatchkeyServer.start(config -> config.audience(Api.AUDIENCE));
    }

    @Test
    void serversHaveKeysUsersAndTimeOfTheirOwn() {
        try (LatchkeyServer one = start();
                LatchkeyServer other = start()) {
            String token = one.tokenFor("alice").mint();
            String ofOther = other.tokenFor("alice").issuer(one.issuer()).mint();

            other.clock().advance(Duration.ofHours(1));
            other.disable("alice");

            assertThat(new Api(one).check(token)).isEqualTo("accepted");
            assertThat(new Api(one).check(ofOther)).isEqualTo("unknown-key");
            assertThat(one.subjectOf("alice")).isNotEqualTo(other.subjectOf("alice"));
            assertThat(one.login("alice").claims()).containsKey("sid");
        }
    }

    @Test
    void manyLoginsAtOnceAtSeveralServers() throws Exception {
        try (LatchkeyServer one = start();
                LatchkeyServer other = start();
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<String>> logins = IntStream.range(0, 40)
                    .<Callable<String>>mapToObj(i -> () -> {
                        LatchkeyServer server = i % 2 == 0 ? one : other;
                        Tokens tokens = i % 4 < 2 ? server.login("alice") : server.refresh(server.login("bob"));
                        return new Api(server).check(tokens.accessToken());
                    })
                    .toList();

            for (var verdict : threads.invokeAll(logins)) {
                assertThat(verdict.get()).isEqualTo("accepted");
            }
        }
    }

    @Test
    void aServerCanHaveTheNameThatItHasInProduction() {
        try (LatchkeyServer named =
                LatchkeyServer.start(config -> config.audience(Api.AUDIENCE).set("issuer", "https://login.example"))) {
            assertThat(named.issuer()).isEqualTo("https://login.example");
            assertThat(named.login("alice").claims()).containsEntry("iss", "https://login.example");
            assertThat(new Api(named).check(named.tokenFor("alice").mint())).isEqualTo("accepted");
        }
    }

    @Test
    void aConfigurationWithMistakesIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatchkeyServer.start(config -> config.yaml("tokens: {refresh-lifetime: soon}")))
                .withMessageContaining("tokens.refresh-lifetime");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatchkeyServer.start(config -> config.yaml("- a list")))
                .withMessageContaining("mapping");
    }

    @Test
    void aMintedTokenIsForWhatTheTokensOfItsClientAreFor() {
        try (LatchkeyServer latchkey =
                LatchkeyServer.start(config -> config.client("web", web -> web.audience(Api.AUDIENCE)))) {
            assertThat(UnverifiedToken.parse(
                                    latchkey.tokenFor("alice").client("web").mint())
                            .claims())
                    .containsEntry("aud", Api.AUDIENCE);
            assertThat(UnverifiedToken.parse(latchkey.tokenFor("alice").mint()).claims())
                    .containsEntry("aud", latchkey.issuer());
        }
    }
}
