package dev.latchkey.server.consent;

import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.UserId;
import java.time.Instant;

/**
 * What a user has allowed an application, until it is withdrawn.
 *
 * @param scope all that was ever allowed
 * @param grantedAt when the user last said so
 */
public record Consent(UserId userId, ClientId clientId, Scope scope, Instant grantedAt) {}
