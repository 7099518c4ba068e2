/**
 * The pages for people: what they show, in which words and in whose colours. Plain HTML made by the server, which works
 * without JavaScript and fetches nothing: styles, scripts and pictures are within it, each under the nonce of its content
 * security policy. It does not know what a request asks for or what a pressed button does.
 *
 * <p>Start at {@link dev.latchkey.server.page.Page}, which lists them, and {@link dev.latchkey.server.page.Pages}, which
 * makes them. Templates and words are resources beside this package; the build compiles the templates (jte).
 */
@NullMarked
package dev.latchkey.server.page;

import org.jspecify.annotations.NullMarked;
