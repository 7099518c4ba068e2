package dev.latchkey.server.push;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.server.Stores;
import dev.latchkey.server.TestServer;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.OAuthException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** Whatever is pushed comes back as it was, by its URI and by no other text, to its client, until it is used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PushedRequestsFuzzTest {
    private static final ClientId WEB = new ClientId("web");
    private static final ClientId SPA = new ClientId("spa");

    private final TestServer server = TestServer.start();
    private final Stores stores = server.server().issuer().stores();
    private final PushedRequests requests = new PushedRequests(
            stores.pushedRequests(),
            stores.unitOfWork(),
            new PushSettings(Duration.ofSeconds(60), 100, false),
            server.clock(),
            new SecureRandom());

    @AfterAll
    void stop() {
        server.close();
    }

    @FuzzTest
    void keepAndFind(byte[] data) {
        String text = new String(data, StandardCharsets.ISO_8859_1);
        Optional<Parameters> parameters = parse(text);
        if (parameters.isEmpty()) {
            return;
        }
        PushedRequests.Made made = requests.make(WEB, parameters.get());
        String uri = made.uri().value();
        if (!requests.keep(made.request(), stores.clients().find(WEB).orElseThrow(), _ -> true)) {
            throw new AssertionError("was not kept");
        }

        PushedRequest found = requests.find(uri, WEB).orElseThrow();
        if (!found.parameters().toForm().equals(parameters.get().toForm())) {
            throw new AssertionError("another request than was pushed: " + text);
        }
        for (String other : new String[] {text, uri + text, text + uri, uri.replace("request_uri:", text)}) {
            if (!other.equals(uri) && requests.find(other, WEB).isPresent()) {
                throw new AssertionError("found by " + other);
            }
        }
        if (requests.find(uri, SPA).isPresent()) {
            throw new AssertionError("found by another client");
        }
        if (!requests.use(found)
                || requests.use(found)
                || requests.find(uri, WEB).isPresent()) {
            throw new AssertionError("not used once: " + text);
        }
    }

    private static Optional<Parameters> parse(String form) {
        try {
            return Optional.of(Parameters.parse(form, "resource"));
        } catch (OAuthException refused) {
            return Optional.empty();
        }
    }
}
