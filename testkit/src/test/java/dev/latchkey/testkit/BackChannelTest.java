package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.latchkey.token.UnverifiedToken;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application that listens for logouts is told of those that a test brings about. */
class BackChannelTest {
    private static final String FIELD = "logout_token=";

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private HttpServer application;
    private LatchkeyServer latchkey;

    @BeforeEach
    void start() throws IOException {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            try (exchange) {
                received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        application.start();
        latchkey = LatchkeyServer.start(config -> config.yaml(
                """
                outbound: {insecure-allow-private-addresses: true}
                users: [{username: alice, password: %s}]
                clients:
                  - client_id: shop
                    client_secret: the secret of a shop in a test
                    redirect_uris: ['https://shop.example/callback']
                    backchannel_logout_uri: 'http://127.0.0.1:%d/'
                """.formatted(LatchkeyServer.PASSWORD, application.getAddress().getPort())));
    }

    @AfterEach
    void stop() {
        latchkey.close();
        application.stop(0);
    }

    private String nextSession() throws InterruptedException {
        String body = received.poll(1, TimeUnit.MINUTES);
        assertThat(body).startsWith(FIELD);
        return session(UnverifiedToken.parse(body.substring(FIELD.length())).claims());
    }

    private static String session(Map<String, Object> claims) {
        return String.valueOf(claims.get("sid"));
    }

    @Test
    void sessionsThatATestEndsAreTold() throws InterruptedException {
        Tokens first = latchkey.signIn("alice", "shop");
        List<String> others = new ArrayList<>();
        others.add(session(latchkey.signIn("alice", "shop").claims()));
        others.add(session(latchkey.signIn("alice", "shop").claims()));

        latchkey.revoke(first);
        assertThat(nextSession()).isEqualTo(session(first.claims()));
        latchkey.revokeAll("alice");
        assertThat(List.of(nextSession(), nextSession())).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void sessionsOfAUserWhoIsDisabledAreTold() throws InterruptedException {
        Tokens tokens = latchkey.signIn("alice", "shop");

        latchkey.disable("alice");

        assertThat(nextSession()).isEqualTo(session(tokens.claims()));
    }
}
