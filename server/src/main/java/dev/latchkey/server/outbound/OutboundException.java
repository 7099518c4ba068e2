package dev.latchkey.server.outbound;

import java.util.Locale;

/**
 * A request to another server came to nothing. The message is for the log of the operator: it says what the other side did,
 * so nobody else may read it, or this server would tell what answers behind the firewall. A caller from outside gets one
 * sentence that is the same for every {@link Reason}.
 */
public final class OutboundException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why it came to nothing; {@link #code} is for logs and meters. */
    public enum Reason {
        /** The URL is of a kind that is not asked: not https, with user information, a fragment, an odd port. */
        FORBIDDEN_URL,
        /** The name resolves to an address that is not asked. */
        FORBIDDEN_ADDRESS,
        UNKNOWN_HOST,
        UNREACHABLE,
        /** The certificate is not trusted, or not of that host, or there is no common version. */
        TLS,
        TIMEOUT,
        /** What came is no HTTP that this client takes. */
        BAD_ANSWER,
        /** Another status than the one that was hoped for. */
        STATUS,
        TOO_LONG,
        /** Too many requests to others are under way, or the server is stopping. */
        BUSY;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    OutboundException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    OutboundException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The same failure, told again to another caller. */
    OutboundException again() {
        return new OutboundException(reason, String.valueOf(getMessage()), this);
    }
}
