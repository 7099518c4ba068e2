package dev.latchkey.server.status;

import dev.latchkey.server.Answer;
import dev.latchkey.server.TestServer;
import dev.latchkey.token.UnverifiedToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.InflaterInputStream;

/** Reads status lists as an API does: the address from the access token, the list from there, the bit from the list. */
public final class StatusReader {
    private final TestServer server;

    public StatusReader(TestServer server) {
        this.server = server;
    }

    /** What an access token refers to; nothing for one that refers to nothing. */
    static Map<?, ?> reference(String accessToken) {
        Object status = UnverifiedToken.parse(accessToken).claims().getOrDefault("status", Map.of());
        return (Map<?, ?>) Objects.requireNonNullElse(((Map<?, ?>) status).get("status_list"), Map.of());
    }

    static Object member(Map<?, ?> object, String name) {
        return Objects.requireNonNull(object.get(name), name);
    }

    static int place(String accessToken) {
        return ((Number) member(reference(accessToken), "idx")).intValue();
    }

    /** Where a list is at the server as it runs now: a restart moves it to another port. */
    public static String path(String accessToken) {
        String uri = member(reference(accessToken), "uri").toString();
        return uri.substring(uri.indexOf('/', "http://".length()));
    }

    /** Whether exactly these of all tokens have ended, a second from now. */
    public boolean tellsOfNothingBut(String... accessTokens) {
        server.clock().turn(Duration.ofSeconds(1));
        BitSet expected = new BitSet();
        Arrays.stream(accessTokens).forEach(token -> expected.set(place(token)));
        return bits(list(path(accessTokens[0]))).equals(expected);
    }

    /** Whether the list says that the token's session has ended, a second from now. */
    public boolean tells(String accessToken) {
        server.clock().turn(Duration.ofSeconds(1));
        return bits(list(path(accessToken))).get(place(accessToken));
    }

    Answer list(String path) {
        return server.get(path);
    }

    /** The set bits of a list. */
    static BitSet bits(Answer list) {
        return BitSet.valueOf(inflate(claim(UnverifiedToken.parse(list.body()).claims())));
    }

    /** The claim {@code status_list} of a list. */
    static Map<?, ?> claim(Map<String, Object> claims) {
        return (Map<?, ?>) member(claims, "status_list");
    }

    /** The bytes of the list in such a claim. */
    static byte[] inflate(Map<?, ?> claim) {
        return inflate(member(claim, "lst").toString());
    }

    static byte[] inflate(String lst) {
        byte[] compressed = Base64.getUrlDecoder().decode(lst);
        try (InflaterInputStream stream = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Integer> places(Answer list) {
        return bits(list).stream().boxed().toList();
    }
}
