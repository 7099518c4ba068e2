package dev.latchkey.client;

/** There is no access token. Says nothing secret. */
public abstract sealed class TokenException extends RuntimeException
        permits TokenDeniedException, TokenUnavailableException {
    private static final long serialVersionUID = 1L;

    TokenException(String message, Throwable cause) {
        super(message, cause);
    }

    TokenException(String message) {
        super(message);
    }

    /** The same once more, for another caller to throw; this one is its cause. */
    abstract TokenException again();
}
