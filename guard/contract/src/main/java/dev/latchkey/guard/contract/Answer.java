package dev.latchkey.guard.contract;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What came back over the wire.
 *
 * @param headers in their order, as {@code name: value} with the name in lower case
 */
public record Answer(int status, List<String> headers, String body) {
    /** What every web server says for itself, and what belongs to the connection. */
    private static final Set<String> OF_THE_SERVER =
            Set.of("date", "server", "connection", "keep-alive", "transfer-encoding", "content-length");

    /** The values of a header, one for each time it was sent. */
    public List<String> values(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ": ";
        return headers.stream()
                .filter(header -> header.startsWith(start))
                .map(header -> header.substring(start.length()))
                .toList();
    }

    /** All headers but those that every web server sends, and but these. */
    List<String> ownHeaders(Set<String> others) {
        return headers.stream()
                .filter(header -> {
                    String name = header.substring(0, header.indexOf(':'));
                    return !OF_THE_SERVER.contains(name) && !others.contains(name);
                })
                .toList();
    }
}
