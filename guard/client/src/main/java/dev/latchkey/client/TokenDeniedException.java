package dev.latchkey.client;

/**
 * The token server will not give a token: by a wrong secret, a scope that the client may not have. Asking again does not help
 * before somebody has changed something.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749 §5.2</a>
 */
public non-sealed class TokenDeniedException extends TokenException {
    private static final long serialVersionUID = 1L;

    private final String error;

    TokenDeniedException(String error, String message) {
        super(message);
        this.error = error;
    }

    TokenDeniedException(String error, String message, Throwable cause) {
        super(message, cause);
        this.error = error;
    }

    /** The error code of RFC 6749 §5.2: {@code invalid_client}, {@code invalid_scope} … */
    public final String error() {
        return error;
    }

    @Override
    TokenException again() {
        return new TokenDeniedException(error, String.valueOf(getMessage()), this);
    }
}
