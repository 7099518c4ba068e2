package dev.latchkey.token;

/** A token was not accepted. It carries no stack trace: what matters is the token's story, not the program's. */
public final class TokenRefusedException extends RuntimeException {
    private final RefusalReason reason;

    TokenRefusedException(RefusalReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public RefusalReason reason() {
        return reason;
    }

    /** The message, never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    Refusal refusal() {
        return new Refusal(reason, getMessage());
    }
}
