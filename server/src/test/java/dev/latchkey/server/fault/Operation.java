package dev.latchkey.server.fault;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request of a client, or one look into the store.
 *
 * @param client who sent it
 * @param kind what it asked for
 * @param presented what it was about
 * @param invoked when it was sent, in microseconds since the history began
 * @param completed when the client stopped waiting, likewise
 * @param outcome what came of it
 */
record Operation(String client, Kind kind, Presented presented, long invoked, long completed, Outcome outcome) {
    /** What is asked of the server. */
    enum Kind {
        /** Name and password for a session, at {@code /login}. */
        LOGIN(true),
        /** A browser goes to {@code /authorize} and signs in if asked; a code is what it gets. */
        AUTHORIZE(true),
        /** A code for a session. */
        REDEEM(true),
        /** A refresh token for the next one. */
        REFRESH(true),
        /** A refresh token is revoked, and its session with it. */
        REVOKE(true),
        /** Whether the access token of a session counts. */
        INTROSPECT(false),
        /** What the access token of a session is good for. */
        USERINFO(false),
        /** A look into the store, past every server. */
        STORED(false);

        private final boolean write;

        Kind(boolean write) {
            this.write = write;
        }
    }

    /**
     * What was sent along.
     *
     * @param of a session, a code or a browser
     * @param generation of the refresh token, or of the one that came with the access token
     */
    record Presented(String of, long generation) {
        static final Presented NOTHING = new Presented("", 0);
    }

    boolean is(Kind one) {
        return kind == one;
    }

    boolean isAcknowledgedWrite() {
        return kind.write && outcome.isAcknowledged();
    }

    boolean isRefused(String error) {
        return outcome instanceof Outcome.Refused refused && refused.error().equals(error);
    }

    /** Whether it was known to be over before the other one began. */
    boolean precedes(Operation other) {
        return completed < other.invoked;
    }

    /** The session that it is about or has begun, else the empty text. */
    String session() {
        return switch (kind) {
            case LOGIN, REDEEM -> outcome instanceof Outcome.Acknowledged done ? done.of() : "";
            case REFRESH, REVOKE, INTROSPECT, USERINFO, STORED -> presented.of();
            case AUTHORIZE -> "";
        };
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("client", client);
        json.put("kind", kind.name());
        json.put("of", presented.of());
        json.put("generation", presented.generation());
        json.put("invoked", invoked);
        json.put("completed", completed);
        json.put("outcome", outcome.getClass().getSimpleName());
        switch (outcome) {
            case Outcome.Acknowledged done -> {
                json.put("got", done.of());
                json.put("next", done.generation());
                json.put("jti", done.jti());
            }
            case Outcome.Refused refused -> json.put("why", refused.error());
            case Outcome.Unknown unknown -> json.put("why", unknown.why());
            case Outcome.Broken broken -> json.put("why", broken.answer());
            case Outcome.Unavailable _ -> {}
        }
        return json;
    }

    static Operation ofJson(Map<String, Object> json) {
        String why = text(json, "why");
        Outcome outcome = switch (text(json, "outcome")) {
            case "Acknowledged" -> new Outcome.Acknowledged(text(json, "got"), number(json, "next"), text(json, "jti"));
            case "Refused" -> new Outcome.Refused(why);
            case "Unavailable" -> new Outcome.Unavailable();
            case "Unknown" -> new Outcome.Unknown(why);
            case "Broken" -> new Outcome.Broken(why);
            default -> throw new IllegalArgumentException("no outcome: " + json);
        };
        return new Operation(
                text(json, "client"),
                Kind.valueOf(text(json, "kind")),
                new Presented(text(json, "of"), number(json, "generation")),
                number(json, "invoked"),
                number(json, "completed"),
                outcome);
    }

    private static String text(Map<String, Object> json, String member) {
        return (String) json.getOrDefault(member, "");
    }

    private static long number(Map<String, Object> json, String member) {
        return ((Number) json.get(member)).longValue();
    }
}
