package dev.latchkey.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.TestServer;
import dev.latchkey.server.UserAgent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many redeem one code at once: one wins, and as the others replay, what it won is dead (RFC 6749 §4.1.2). */
class CodeRaceTest {
    private static final int RACERS = 50;
    private static final int ROUNDS = 200;

    private final Scene scene = new Scene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void oneOfFiftyWinsInEachOfTwoHundredRounds() throws Exception {
        UserAgent alice = scene.browser();
        scene.allowed(alice);
        List<byte[]> requests = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            requests.add(request(scene.authorize(alice).code()));
        }

        List<List<String>> wins = race(requests);

        for (List<String> won : wins) {
            assertThat(won).hasSize(1);
            String accessToken = won.getFirst().replaceAll("(?s).*\"access_token\":\"([^\"]+)\".*", "$1");
            assertThat(scene.server.getAs(accessToken, "/userinfo").status()).isEqualTo(401);
        }
    }

    private static byte[] request(String code) {
        String form = Scene.form(Scene.redemption(code));
        return ("POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                        + "Authorization: " + TestServer.basic("web", Scene.SECRET) + "\r\nContent-Length: "
                        + form.length() + "\r\n\r\n" + form)
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** The bodies of the answers that were no refusals, by round. */
    private List<List<String>> race(List<byte[]> requests) throws Exception {
        CyclicBarrier start = new CyclicBarrier(RACERS);
        Callable<List<String>> racer = () -> {
            List<String> won = new ArrayList<>();
            try (Connection connection = new Connection(scene.server.server().port())) {
                for (byte[] request : requests) {
                    start.await();
                    won.add(connection.ask(request));
                }
            }
            return won;
        };
        List<List<String>> wins = new ArrayList<>();
        requests.forEach(_ -> wins.add(new ArrayList<>()));
        try (ExecutorService threads = Executors.newFixedThreadPool(RACERS)) {
            for (Future<List<String>> future : threads.invokeAll(Collections.nCopies(RACERS, racer))) {
                List<String> won = future.get();
                for (int round = 0; round < won.size(); round++) {
                    if (!won.get(round).isEmpty()) {
                        wins.get(round).add(won.get(round));
                    }
                }
            }
        }
        return wins;
    }

    /** A connection that stays open, so that requests of one round arrive within a moment. */
    private static final class Connection implements AutoCloseable {
        private final Socket socket;
        private final InputStream in;

        Connection(int port) {
            try {
                socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(30_000);
                in = new BufferedInputStream(socket.getInputStream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** The body of the answer, or nothing where it is the refusal that it has to be. */
        String ask(byte[] request) throws IOException {
            socket.getOutputStream().write(request);
            String status = line();
            int length = 0;
            for (String field = line(); !field.isEmpty(); field = line()) {
                if (field.regionMatches(true, 0, "content-length:", 0, 15)) {
                    length = Integer.parseInt(field.substring(15).strip());
                }
            }
            String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
            if (status.startsWith("HTTP/1.1 400") && body.contains("\"invalid_grant\"")) {
                return "";
            }
            assertThat(status).as(body).startsWith("HTTP/1.1 200");
            return body;
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0) {
                    throw new IOException("the connection ended");
                }
                if (c != '\r') {
                    line.append((char) c);
                }
            }
            return line.toString();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
