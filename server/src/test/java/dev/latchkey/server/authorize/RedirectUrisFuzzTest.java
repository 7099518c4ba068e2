package dev.latchkey.server.authorize;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Whatever is given, it matches only what another reading of the rule says: equality, or a loopback address at any port. */
class RedirectUrisFuzzTest {
    private static final List<String> REGISTERED = List.of(
            "https://rp.example/callback",
            "http://127.0.0.1/callback",
            "http://127.0.0.1:3000/callback?a=b",
            "http://[::1]/callback",
            "http://localhost/callback",
            "http://localhost:3000/callback",
            "com.example.app:/callback");

    @FuzzTest
    void match(byte[] data) {
        String given = new String(data, StandardCharsets.UTF_8);
        for (String registered : REGISTERED) {
            if (RedirectUris.match(registered, given) != isAllowed(registered, given)) {
                throw new AssertionError(registered + " and " + given);
            }
        }
    }

    /** The registered address with another port, or none, put where its port may stand. */
    private static boolean isAllowed(String registered, String given) {
        if (registered.equals(given)) {
            return true;
        }
        boolean anyPort = registered.startsWith("http://127.0.0.1")
                || registered.startsWith("http://[::1]")
                || registered.startsWith("http://localhost/");
        if (!anyPort) {
            return false;
        }
        String withoutPort = registered.replace(":3000/", "/");
        int path = withoutPort.indexOf('/', "http://".length());
        String before = withoutPort.substring(0, path);
        String after = withoutPort.substring(path);
        if (!given.startsWith(before) || !given.endsWith(after) || given.length() < withoutPort.length()) {
            return false;
        }
        String between = given.substring(before.length(), given.length() - after.length());
        return between.isEmpty() || (between.startsWith(":") && isPort(between.substring(1)));
    }

    private static boolean isPort(String text) {
        if (text.isEmpty() || text.length() > 5 || text.charAt(0) == '0') {
            return false;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
            port = port * 10 + (c - '0');
        }
        return port < 65_536;
    }
}
