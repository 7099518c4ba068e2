/**
 * The command line: {@code serve}, the administration of the store, and the token library from the shell.
 *
 * <p>Owns what is typed and what is printed: results to standard output, everything else to standard error, exit code 0
 * for done or valid, 1 for refused, 2 for wrong usage. What a command does to the store is the rule of the noun it names. The
 * parser is our own, since a start is counted in milliseconds. Start at
 * {@link dev.latchkey.server.command.Program}.
 */
@NullMarked
package dev.latchkey.server.command;

import org.jspecify.annotations.NullMarked;
