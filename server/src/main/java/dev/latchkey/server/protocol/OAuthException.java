package dev.latchkey.server.protocol;

/**
 * Ends a request with an {@link OAuthError}. Thrown between the phases of an endpoint, never inside a unit of work: there
 * a refusal is a returned outcome, so that what it stored is kept (DESIGN §3). It carries no stack trace: a refusal is an
 * answer, not a failure.
 */
public final class OAuthException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient OAuthError error;
    private final String reason;

    public OAuthException(OAuthError error) {
        this(error, error.description());
    }

    /**
     * A refusal whose reason only the operator hears.
     *
     * @param reason for the log; never a secret
     */
    public OAuthException(OAuthError error, String reason) {
        super(error.code() + ": " + reason, null, false, false);
        this.error = error;
        this.reason = reason;
    }

    public OAuthError error() {
        return error;
    }

    /** Why, for the log: it may say more than the client is told. */
    public String reason() {
        return reason;
    }
}
