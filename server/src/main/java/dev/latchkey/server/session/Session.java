package dev.latchkey.server.session;

import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One login of one user at one client device.
 *
 * @param id the {@code sid} of its tokens
 * @param userId whose login it is
 * @param clientId where
 * @param scope granted at login; a refresh may ask for less, never for more
 * @param audience the resources granted at login (RFC 8707) beside the issuer itself; none for the issuer alone
 * @param credentialVersion of the user at login; when the user's has moved on, the session has ended
 * @param authTime when the user proved who they are: {@code auth_time}
 * @param createdAt when the session began; it never outlives {@code session-max-lifetime} from here
 * @param lastUsedAt its login or last refresh
 * @param expiresAt when its refresh token is dead unless it is used before
 * @param generation of the newest refresh token given out; the first is 1
 * @param rotatedAt when that generation was made
 * @param revokedAt when it was ended before its time
 * @param browserSession the browser session it was begun from; empty where the client itself took the password
 * @param claims asked for one by one at login
 * @param statusIndex where the status lists tell of it; empty where none does
 * @param key that its refresh token is bound to (RFC 9449 §5); empty where it is bound to none
 */
public record Session(
        SessionId id,
        UserId userId,
        ClientId clientId,
        Scope scope,
        List<String> audience,
        long credentialVersion,
        Instant authTime,
        Instant createdAt,
        Instant lastUsedAt,
        Instant expiresAt,
        long generation,
        Instant rotatedAt,
        Optional<Instant> revokedAt,
        Optional<BrowserSessionId> browserSession,
        RequestedClaims claims,
        Optional<StatusIndex> statusIndex,
        Optional<KeyThumbprint> key) {
    public Session {
        audience = List.copyOf(audience);
    }

    /** Whether it is neither revoked nor expired at the instant. */
    public boolean isLive(Instant now) {
        return revokedAt.isEmpty() && now.isBefore(expiresAt);
    }
}
