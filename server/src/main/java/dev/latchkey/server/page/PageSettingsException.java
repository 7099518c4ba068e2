package dev.latchkey.server.page;

/** Files of the operator for the pages are not what they should be. The message names the file; the server must not start. */
public final class PageSettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public PageSettingsException(String message) {
        super(message);
    }

    public PageSettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
