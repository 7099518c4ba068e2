package dev.latchkey.server.user;

/** One row of a file of users: somebody, or the reason why not. */
public sealed interface UserImportRow {
    /** The line of the file where the row begins, from 1. */
    long line();

    /** A row that can be stored. */
    record Accepted(long line, ImportedUser user) implements UserImportRow {}

    /**
     * A row that cannot. The next rows are read all the same.
     *
     * @param reason a sentence for the operator, without anything secret of the row
     */
    record Refused(long line, String reason) implements UserImportRow {}
}
