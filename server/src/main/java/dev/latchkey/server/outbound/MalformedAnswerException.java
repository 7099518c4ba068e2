package dev.latchkey.server.outbound;

import java.io.IOException;

/** What came is not HTTP/1.1 as this client takes it, or longer than it takes. */
final class MalformedAnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    private final OutboundException.Reason reason;

    private MalformedAnswerException(OutboundException.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static MalformedAnswerException malformed(String message) {
        return new MalformedAnswerException(OutboundException.Reason.BAD_ANSWER, message);
    }

    static MalformedAnswerException tooLong(String message) {
        return new MalformedAnswerException(OutboundException.Reason.TOO_LONG, message);
    }

    OutboundException.Reason reason() {
        return reason;
    }
}
