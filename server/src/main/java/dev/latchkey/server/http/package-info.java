/**
 * HTTP as the endpoints see it: a {@link dev.latchkey.server.http.Handler} is a function from a
 * {@link dev.latchkey.server.http.Request} to a {@link dev.latchkey.server.http.Response}, a
 * {@link dev.latchkey.server.http.Router} finds it, {@link dev.latchkey.server.http.Parameters} reads what was sent, and
 * {@link dev.latchkey.server.http.ErrorResponse} writes what was refused.
 *
 * <p>{@link dev.latchkey.server.http.HttpServer} is the one adapter to the web server; no other package knows which one it
 * is. Nothing here knows an endpoint. RFC 9110 and 9112 (HTTP), RFC 6749 §5 and RFC 6750 §3 (errors), RFC 7617 (Basic).
 */
@NullMarked
package dev.latchkey.server.http;

import org.jspecify.annotations.NullMarked;
