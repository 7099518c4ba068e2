package dev.latchkey.server.userinfo;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.TokenStatus;
import dev.latchkey.server.token.TokenStatus.ActiveAccessToken;

/** {@code /userinfo}: the claims that the scope of the access token asks for (OpenID Connect Core §5.3). */
public final class UserInfoEndpoint implements Handler {
    private final TokenStatus status;

    public UserInfoEndpoint(TokenStatus status) {
        this.status = status;
    }

    @Override
    public Response handle(Request request) {
        ActiveAccessToken active = status.requireUser(request);
        if (!active.token().scope().contains("openid")) {
            throw new OAuthException(OAuthError.insufficientScope("The token was not issued for the scope openid"));
        }
        return Response.token(
                StandardClaims.of(active.user().orElseThrow(), active.token().scope()));
    }
}
