package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;

/** Ends a request whose recipient is proven: the error goes there (RFC 6749 §4.1.2.1). */
final class RefusedRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Recipient recipient;
    private final transient Arrival arrival;
    private final transient OAuthError error;

    RefusedRequestException(Recipient recipient, Arrival arrival, OAuthError error) {
        super(error.code(), null, false, false);
        this.recipient = recipient;
        this.arrival = arrival;
        this.error = error;
    }

    Recipient recipient() {
        return recipient;
    }

    Arrival arrival() {
        return arrival;
    }

    OAuthError error() {
        return error;
    }
}
