package dev.latchkey.server.token;

import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.Scope;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer that carries tokens (RFC 6749 §5.1).
 *
 * @param accessToken the access token
 * @param expiresIn how long it is valid
 * @param refreshToken where the client gets one
 * @param idToken where the login went through a browser and asked for {@code openid}
 * @param scope what was granted
 * @param key that the access token is bound to; empty for a bearer token
 */
public record TokenResponse(
        String accessToken,
        Duration expiresIn,
        Optional<String> refreshToken,
        Optional<String> idToken,
        Scope scope,
        Optional<KeyThumbprint> key) {
    /**
     * The members as they are sent; {@code expires_in} in seconds.
     *
     * @param bearer how {@code token_type} is spelled where the token is bound to no key
     */
    public Map<String, Object> members(String bearer) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", accessToken);
        members.put("token_type", key.isPresent() ? "DPoP" : bearer); // RFC 9449 §5
        members.put("expires_in", expiresIn.toSeconds());
        refreshToken.ifPresent(token -> members.put("refresh_token", token));
        idToken.ifPresent(token -> members.put("id_token", token));
        members.put("scope", scope.toString());
        return members;
    }

    @Override
    public String toString() {
        return "TokenResponse[" + scope + "]";
    }
}
