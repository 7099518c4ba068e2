package dev.latchkey.testkit;

/** The server refused what a test asked it for, with an error of OAuth. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;

    RefusedException(int status, String error, String description) {
        super(status + " " + error + ": " + description);
        this.status = status;
        this.error = error;
    }

    /** The status of the answer. */
    public int status() {
        return status;
    }

    /** The code of the error, as {@code invalid_grant} (RFC 6749 §5.2); empty where the answer had none. */
    public String error() {
        return error;
    }
}
