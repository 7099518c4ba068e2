package dev.latchkey.server.protocol;

import java.io.IOException;

/**
 * The store could not answer or could not make a change durable: locked, full, read-only, gone, or too far behind. At the
 * edge it becomes 503 with {@code Retry-After}, never an OAuth refusal.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int MOST_CAUSES = 5;

    public StoreUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreUnavailableException(String message) {
        super(message);
    }

    /** In one line for whoever runs the server, and nobody else: what it is, and why, as far as the causes tell. */
    public String reason() {
        StringBuilder reason = new StringBuilder();
        Throwable current = this;
        for (int depth = 0; current != null && depth < MOST_CAUSES; depth++) {
            String told = told(current);
            if (reason.indexOf(told) < 0) {
                reason.append(reason.isEmpty() ? "" : ": ").append(told);
            }
            current = current.getCause();
        }
        return reason.toString();
    }

    /** Of files and hosts a message is often no more than the name. */
    private static String told(Throwable cause) {
        String message = cause.getMessage() == null ? "" : cause.getMessage();
        String line = message.lines().findFirst().orElse("");
        return cause instanceof IOException ? cause.getClass().getSimpleName() + ": " + line : line;
    }
}
