package dev.latchkey.server.introspect;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientAuthenticator;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.TokenStatus;
import dev.latchkey.server.token.TokenStatus.ActiveAccessToken;
import dev.latchkey.server.token.TokenStatus.Login;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /introspect}. Any confidential client may ask about access tokens. Of a refresh token only its own client is
 * told, and only with {@code token_type_hint=refresh_token}: a resource server that was sent one in place of an access token
 * must not hear that it is active.
 */
public final class IntrospectionEndpoint implements Handler {
    private static final Map<String, Object> INACTIVE = Map.of("active", false);

    private final String issuer;
    private final ClientAuthenticator authenticator;
    private final TokenStatus status;

    public IntrospectionEndpoint(String issuer, ClientAuthenticator authenticator, TokenStatus status) {
        this.issuer = issuer;
        this.authenticator = authenticator;
        this.status = status;
    }

    @Override
    public Response handle(Request request) {
        Parameters parameters = request.form();
        Client client = authenticator.authenticate(request, parameters).client();
        if (!client.isConfidential()) { // RFC 7662 §2.1: against scanning for tokens
            throw new OAuthException(OAuthError.invalidClient());
        }
        String token = parameters.required("token");
        boolean refreshToken = parameters
                .first("token_type_hint")
                .filter("refresh_token"::equals)
                .isPresent();
        Optional<Map<String, Object>> told = refreshToken ? ofRefreshToken(token, client) : Optional.empty();
        // RFC 7662 §2.1: a hint is only a hint
        return Response.token(told.or(() -> ofAccessToken(token)).orElse(INACTIVE));
    }

    private Optional<Map<String, Object>> ofAccessToken(String token) {
        return status.accessToken(token).map(IntrospectionEndpoint::members);
    }

    private static Map<String, Object> members(ActiveAccessToken active) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("active", true);
        members.put("token_type", active.token().key().isPresent() ? "DPoP" : "Bearer"); // RFC 9449 §6.2
        members.putAll(active.token().token().claims());
        active.user().ifPresent(user -> members.put("username", user.username()));
        return members;
    }

    private Optional<Map<String, Object>> ofRefreshToken(String token, Client client) {
        return status.refreshToken(token)
                .filter(active -> active.session().clientId().equals(client.id()))
                .map(active -> members(active, client));
    }

    private Map<String, Object> members(Login active, Client client) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("active", true);
        members.put("token_type", "refresh_token");
        members.put("iss", issuer);
        members.put("client_id", active.session().clientId().value());
        members.put("sub", status.subjectOf(active, client));
        members.put("username", active.user().username());
        members.put("scope", active.session().scope().toString());
        members.put("sid", active.session().id().value());
        members.put("iat", active.session().lastUsedAt().getEpochSecond());
        members.put("exp", active.session().expiresAt().getEpochSecond());
        active.session().key().ifPresent(key -> members.put("cnf", Map.of("jkt", key.value())));
        return members;
    }
}
