package dev.latchkey.server.user;

/** A row of a file of users is wrong. The message is a sentence for the operator, without anything secret of the row. */
final class UserImportException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    UserImportException(String message) {
        super(message);
    }
}
