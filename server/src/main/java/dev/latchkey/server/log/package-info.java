/**
 * The log: one line an event on standard error, as key=value text or as JSON, with the request id where there is one.
 *
 * <p>Owns how events look and what may never be in them: {@link dev.latchkey.server.log.EventLog} takes events with named
 * fields, {@link dev.latchkey.server.log.FieldText} makes every value harmless, {@link dev.latchkey.server.log.LineFormatter}
 * writes the line, and {@link dev.latchkey.server.log.StandardErrorLog} puts it all in place for a process. Owns no event:
 * those are named by whoever reports them. OWASP ASVS 5.0 V16.
 */
@NullMarked
package dev.latchkey.server.log;

import org.jspecify.annotations.NullMarked;
