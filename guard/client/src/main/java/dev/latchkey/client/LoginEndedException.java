package dev.latchkey.client;

/**
 * The refresh token counts no more ({@code invalid_grant}): it expired, it was revoked, or the login that it is from has
 * ended. The user has to log in again; this token source has nothing more to give.
 */
public final class LoginEndedException extends TokenDeniedException {
    private static final long serialVersionUID = 1L;

    LoginEndedException(String message) {
        super("invalid_grant", message);
    }

    private LoginEndedException(String message, Throwable cause) {
        super("invalid_grant", message, cause);
    }

    @Override
    TokenException again() {
        return new LoginEndedException(String.valueOf(getMessage()), this);
    }
}
