package dev.latchkey.server.token;

import dev.latchkey.server.protocol.BrowserSessionId;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.session.RequestedClaims;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What stands behind an authorization code (RFC 6749 §4.1.2). The code itself is not kept, only its hash.
 *
 * @param hash the SHA-256 of the code in hexadecimal
 * @param binding what a redemption has to match
 * @param login whose login it stands for
 * @param sessionId of the session that its redemption begins
 * @param scope granted
 * @param audience granted
 * @param claims asked for one by one
 * @param expiresAt at most 60 seconds after it was given out
 * @param redeemedAt when it was traded for tokens
 */
public record AuthorizationCode(
        String hash,
        Binding binding,
        Login login,
        SessionId sessionId,
        Scope scope,
        List<String> audience,
        RequestedClaims claims,
        Instant expiresAt,
        Optional<Instant> redeemedAt) {

    /**
     * What a redemption has to match.
     *
     * @param clientId who may redeem it
     * @param redirectUri as the authorization request had it
     * @param codeChallenge the S256 challenge (RFC 7636 §4.2), if one was sent
     * @param nonce for the ID token, if one was sent
     * @param key that its redemption has to prove: {@code dpop_jkt} (RFC 9449 §10), if one was sent
     */
    public record Binding(
            ClientId clientId,
            String redirectUri,
            Optional<String> codeChallenge,
            Optional<String> nonce,
            Optional<KeyThumbprint> key) {}

    /**
     * Whose login it stands for.
     *
     * @param browserSession where the user signed in
     * @param userId the user
     * @param credentialVersion of the user at login
     * @param authTime when the user proved who they are
     */
    public record Login(BrowserSessionId browserSession, UserId userId, long credentialVersion, Instant authTime) {}

    public AuthorizationCode {
        audience = List.copyOf(audience);
    }

    @Override
    public String toString() {
        return "AuthorizationCode[" + binding.clientId() + ", " + sessionId + "]";
    }
}
