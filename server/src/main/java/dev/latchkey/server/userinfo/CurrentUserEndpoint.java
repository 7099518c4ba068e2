package dev.latchkey.server.userinfo;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.token.ResourceAccess;
import dev.latchkey.server.token.TokenStatus.ActiveAccessToken;
import dev.latchkey.server.user.StandardClaims;
import dev.latchkey.server.user.User;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /users/me}: the user whose access token the request carries, as the tutorials have it. Tells no claim that the
 * token's scope does not ask for, so that it is no way around {@code /userinfo}.
 */
public final class CurrentUserEndpoint implements Handler {
    private final ResourceAccess access;

    public CurrentUserEndpoint(ResourceAccess access) {
        this.access = access;
    }

    @Override
    public Response handle(Request request) {
        ActiveAccessToken active = access.requireUser(request);
        User user = active.user().orElseThrow();
        Scope scope = active.token().scope();
        Map<String, Object> members = StandardClaims.of(user, active.token().subject(), scope, Set.of());
        if (scope.contains("profile")) {
            members.put("username", user.username());
        }
        members.put("roles", user.roles());
        members.put("scope", scope.toString());
        return Response.token(members);
    }
}
