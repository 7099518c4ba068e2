package dev.latchkey.server.session;

import java.time.Instant;

/** What presenting a refresh token of some generation comes to (DESIGN §6). */
public sealed interface Rotation {
    /**
     * The generation moved on.
     *
     * @param generation of the refresh token to answer with
     */
    record Rotated(long generation) implements Rotation {}

    /**
     * The previous generation came once more while its successor was unused and young: a lost answer or a second tab. The
     * same successor is the answer.
     *
     * @param generation of the refresh token to answer with
     */
    record Repeated(long generation) implements Rotation {}

    /** An older generation: somebody has a copy. The session has been revoked by this very call. */
    record Replayed() implements Rotation {}

    /**
     * There is no such session at this client, or it has ended (expired, revoked, its user disabled or given a new password).
     */
    record Ended() implements Rotation {}

    /**
     * A refresh to be decided.
     *
     * @param generation that was presented
     * @param now the instant of the request
     * @param expiresAt the session's expiry if the generation moves on
     * @param graceSince a repeated previous generation is answered again if its successor was made at or after this
     */
    record Attempt(long generation, Instant now, Instant expiresAt, Instant graceSince) {}
}
