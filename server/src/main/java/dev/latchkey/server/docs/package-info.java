/**
 * The page for people at {@code /docs}: the API to try out (Swagger UI), and the token inspector; and {@code /openapi.json},
 * the description it shows (OpenAPI 3.1).
 *
 * <p>Start at {@link dev.latchkey.server.docs.DocsPage}. Page, scripts and styles are resources beside this package; nothing
 * is inline and nothing comes from elsewhere, so the content security policy is strict. A token pasted into the inspector
 * never leaves the page.
 */
@NullMarked
package dev.latchkey.server.docs;

import org.jspecify.annotations.NullMarked;
