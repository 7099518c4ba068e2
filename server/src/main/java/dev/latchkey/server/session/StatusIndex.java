package dev.latchkey.server.session;

/**
 * Where the status lists tell of one session: a number that no other session has. Lists are of one size, so it names both
 * the list and the place in it (Token Status List §4.1).
 *
 * @param value counted through all lists
 */
public record StatusIndex(long value) {
    /** How many sessions a list tells of: 128 KiB, a bit each. */
    public static final int LIST_SIZE = 1 << 20;

    /** Where the lists are, under the issuer. */
    public static final String PATH = "/status-list";

    /** The query parameter that says which list. */
    public static final String LIST = "list";

    public StatusIndex {
        if (value < 0) {
            throw new IllegalArgumentException("not an index of a status list: " + value);
        }
    }

    /** The number of the list. */
    public long list() {
        return value / LIST_SIZE;
    }

    /** The place in the list: {@code idx}. */
    public int place() {
        return (int) (value % LIST_SIZE);
    }

    /** The address of a list, which is also its name: {@code uri} of a token and {@code sub} of the list (§5.1, §6.2). */
    public static String uri(String issuer, long list) {
        return issuer + PATH + "?" + LIST + "=" + list;
    }
}
