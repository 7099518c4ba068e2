package dev.latchkey.server.token;

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
 */
public record TokenResponse(
        String accessToken, Duration expiresIn, Optional<String> refreshToken, Optional<String> idToken, Scope scope) {
    /** The members as they are sent; {@code expires_in} in seconds. */
    public Map<String, Object> members(String tokenType) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("access_token", accessToken);
        members.put("token_type", tokenType);
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
