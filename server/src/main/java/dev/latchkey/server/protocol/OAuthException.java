package dev.latchkey.server.protocol;

/**
 * Ends a request with an {@link OAuthError}. Thrown between the phases of an endpoint, never inside a unit of work: there
 * a refusal is a returned outcome, so that what it stored is kept (DESIGN §3). It carries no stack trace: a refusal is an
 * answer, not a failure.
 */
public final class OAuthException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient OAuthError error;

    public OAuthException(OAuthError error) {
        super(error.code() + ": " + error.description(), null, false, false);
        this.error = error;
    }

    public OAuthError error() {
        return error;
    }
}
