package dev.latchkey.server.sql;

import java.sql.SQLException;

/** Two units of work got into each other's way, and one of them has to be run again. */
final class ConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConflictException(String text, SQLException cause) {
        super("another unit of work was in the way of: " + text, cause);
    }
}
