package dev.latchkey.server.userinfo;

import dev.latchkey.server.http.Authorization;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.util.Optional;

/**
 * Finds the one access token of a request: in the header, or in the form of a POST (RFC 6750 §2). In the form it is one
 * under the Bearer scheme.
 */
final class BearerToken {
    private static final String PARAMETER = "access_token";
    private static final String FORM = "application/x-www-form-urlencoded";

    private BearerToken() {}

    /**
     * The token, otherwise unchecked.
     *
     * @throws OAuthException 401 where there is none; {@code invalid_request} where there are several, or one in the query, which
     *     ends up in logs and histories (RFC 9700 §4.3.2)
     */
    static Authorization.Token of(Request request) {
        if (!request.query().isEmpty() && request.queryParameters().has(PARAMETER)) {
            throw refused("The access token does not belong into the query");
        }
        Optional<Authorization.Token> header =
                request.authorization() instanceof Authorization.Token token ? Optional.of(token) : Optional.empty();
        boolean isForm = request.method().equals("POST") && request.mediaType().equals(FORM);
        Optional<Authorization.Token> body =
                isForm ? request.form().first(PARAMETER).map(Authorization.Bearer::new) : Optional.empty();
        if (header.isPresent() && body.isPresent()) { // RFC 6750 §2
            throw refused("The access token is sent in two ways");
        }
        return header.or(() -> body).orElseThrow(() -> new OAuthException(OAuthError.bearerTokenMissing()));
    }

    private static OAuthException refused(String description) {
        return new OAuthException(OAuthError.invalidBearerRequest(description));
    }
}
