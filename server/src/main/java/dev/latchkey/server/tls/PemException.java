package dev.latchkey.server.tls;

/** A PEM file cannot be used: the message names the file, the line where there is one, and the reason; never the content. */
public final class PemException extends Exception {
    private static final long serialVersionUID = 1L;

    PemException(String message) {
        super(message);
    }
}
