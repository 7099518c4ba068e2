/**
 * The token endpoint and its grants: one class a grant, one line in {@code Grants} each.
 *
 * <p>The endpoint owns the steps that every grant shares, a grant only its rule: a grant cannot forget a shared step. Start
 * at {@link dev.latchkey.server.grant.TokenEndpoint}. RFC 6749 §3.2, §4 and §6.
 */
@NullMarked
package dev.latchkey.server.grant;

import org.jspecify.annotations.NullMarked;
