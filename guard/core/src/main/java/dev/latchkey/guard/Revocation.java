package dev.latchkey.guard;

/** How a guard learns that a token was revoked before it expired, without asking for each request (Token Status List). */
public enum Revocation {
    /** It does not: a token counts until it expires. */
    OFF,
    /**
     * The lists that tokens refer to are polled. While the issuer cannot be reached the last copy goes on to count, and a
     * token whose list was never had is taken.
     */
    ON,
    /** The lists are polled, and a token that refers to one is taken only by a copy that is up to date: 503 otherwise. */
    STRICT
}
