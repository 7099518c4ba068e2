package dev.latchkey.server.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Any header is read without trouble, and a cookie is only taken from a pair of its very name, if there is one of them. */
class CookieFuzzTest {
    private static final String NAME = "__Host-latchkey";

    @FuzzTest
    void cookie(byte[] data) {
        String header = new String(data, StandardCharsets.ISO_8859_1);
        isRead(header);
        isRead(header + "; " + NAME + "=" + header);
        isRead(NAME + "=a;" + header);
    }

    private static void isRead(String header) {
        Request request = new Request(
                "GET", "/", "", Headers.of("cookie", header), new byte[0], InetAddress.getLoopbackAddress(), "id");
        Optional<String> expected = expected(header);
        if (!request.cookie(NAME).equals(expected)) {
            throw new AssertionError(request.cookie(NAME) + " of " + header);
        }
    }

    /** Character by character; of more than a hundred pairs nothing is expected but an end. */
    private static Optional<String> expected(String header) {
        List<String> found = new ArrayList<>();
        String rest = header;
        for (int pairs = 1; !rest.isEmpty(); pairs++) {
            int end = pairs < 100 ? rest.indexOf(';') : -1;
            String pair = end < 0 ? rest : rest.substring(0, end);
            rest = end < 0 ? "" : rest.substring(end + 1);
            String trimmed = pair.replaceAll("^[ \t]+|[ \t]+\\z", "");
            if (trimmed.startsWith(NAME + "=") && !found.contains(trimmed)) {
                found.add(trimmed);
            }
        }
        return found.size() == 1 ? Optional.of(found.getFirst().substring(NAME.length() + 1)) : Optional.empty();
    }
}
