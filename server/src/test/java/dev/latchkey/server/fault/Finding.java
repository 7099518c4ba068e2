package dev.latchkey.server.fault;

/** Something that must not happen, and the operation that shows it. */
record Finding(Kind kind, Operation operation) {
    /** What was promised and broken. */
    enum Harm {
        /** What was acknowledged is not there. */
        LOST,
        /** Somebody has to sign in again who did nothing wrong. */
        LOGGED_OUT,
        /** What counts once has counted twice. */
        SPENT_TWICE
    }

    /** How it shows. */
    enum Kind {
        LOGIN_LOST(Harm.LOST),
        ROTATION_LOST(Harm.LOST),
        REVOCATION_LOST(Harm.LOST),
        /** Refused at its first use. */
        CODE_LOST(Harm.LOST),
        /** A refresh token that came last is refused. */
        REFRESH_TOKEN_REFUSED(Harm.LOGGED_OUT),
        /** The access token of a live session is refused. */
        ACCESS_TOKEN_REFUSED(Harm.LOGGED_OUT),
        /** A session has ended in the store that nobody has ended. */
        SESSION_ENDED(Harm.LOGGED_OUT),
        /** A browser that was signed in is not. */
        BROWSER_SIGNED_OUT(Harm.LOGGED_OUT),
        CODE_REDEEMED_TWICE(Harm.SPENT_TWICE),
        /** A refresh token led to something else than its successor. */
        SECOND_CHAIN(Harm.SPENT_TWICE),
        /** A refresh token was taken although its successor had been used. */
        REPLAY_TAKEN(Harm.SPENT_TWICE),
        /** A token was taken of a session whose end had been acknowledged. */
        ENDED_SESSION_TAKEN(Harm.SPENT_TWICE),
        /** Two answers carried the same access token. */
        ACCESS_TOKEN_TWICE(Harm.SPENT_TWICE);

        private final Harm harm;

        Kind(Harm harm) {
            this.harm = harm;
        }
    }

    Harm harm() {
        return kind.harm;
    }
}
