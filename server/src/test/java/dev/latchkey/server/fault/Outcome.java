package dev.latchkey.server.fault;

/** What a client knows of its request when it stops waiting. */
sealed interface Outcome {
    /**
     * It was done, and this was told.
     *
     * @param of the session that was begun or refreshed, or the code that was given out; empty where nothing is told
     * @param generation of the refresh token that was given out
     * @param jti of the access token that was given out, empty if there was none
     */
    record Acknowledged(String of, long generation, String jti) implements Outcome {}

    /** It was refused by the rules, with an error code or {@code inactive}, {@code revoked}, {@code missing}. */
    record Refused(String error) implements Outcome {}

    /** 503: it should be sent again. It may have been done all the same. */
    record Unavailable() implements Outcome {}

    /** There was no answer; it may have been done. */
    record Unknown(String why) implements Outcome {}

    /** An answer that no client should ever see, as 500. */
    record Broken(String answer) implements Outcome {}

    default boolean isAcknowledged() {
        return this instanceof Acknowledged;
    }
}
