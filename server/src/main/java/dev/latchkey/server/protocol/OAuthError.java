package dev.latchkey.server.protocol;

import java.time.Duration;
import java.util.Optional;

/**
 * A refusal as a client reads it: the {@code error} code of the specification, a sentence, and the HTTP status that goes
 * with it (RFC 6749 §5.2, RFC 6750 §3.1).
 *
 * @param code the registered error code, for example {@code invalid_grant}
 * @param description one sentence of ASCII without quotes and backslashes (RFC 6749 §5.2), never a secret
 * @param status the HTTP status
 * @param challenge the authentication scheme named in {@code WWW-Authenticate}, with parameters beside those of the error
 *     if it has any; empty if the answer carries no such header
 * @param retryAfter when to try again, for answers that say so
 */
public record OAuthError(
        String code, String description, int status, Optional<String> challenge, Optional<Duration> retryAfter) {

    public OAuthError {
        if (!description.chars().allMatch(c -> c >= 0x20 && c <= 0x7e && c != '"' && c != '\\')) {
            throw new IllegalArgumentException("not an error_description of RFC 6749 section 5.2: " + description);
        }
    }

    public static OAuthError invalidRequest(String description) {
        return of("invalid_request", description, 400);
    }

    public static OAuthError invalidGrant(String description) {
        return of("invalid_grant", description, 400);
    }

    public static OAuthError invalidScope(String description) {
        return of("invalid_scope", description, 400);
    }

    /** The resource asked for is not one this client may have a token for (RFC 8707 §2). */
    public static OAuthError invalidTarget(String description) {
        return of("invalid_target", description, 400);
    }

    public static OAuthError unauthorizedClient(String description) {
        return of("unauthorized_client", description, 400);
    }

    public static OAuthError unsupportedGrantType(String description) {
        return of("unsupported_grant_type", description, 400);
    }

    public static OAuthError unsupportedTokenType(String description) {
        return of("unsupported_token_type", description, 400);
    }

    /** The same for an unknown client, a wrong secret and a disabled client, so that none can be told from another. */
    public static OAuthError invalidClient() {
        return new OAuthError(
                "invalid_client", "Client authentication failed", 401, Optional.of("Basic"), Optional.empty());
    }

    /** No token was sent: the challenge carries no error code (RFC 6750 §3.1). */
    public static OAuthError notAuthenticated() {
        return new OAuthError("", "Not authenticated", 401, Optional.of("Bearer"), Optional.empty());
    }

    public static OAuthError invalidToken() {
        return new OAuthError(
                "invalid_token", "Could not validate credentials", 401, Optional.of("Bearer"), Optional.empty());
    }

    /** The proof that its sender has a key is missing or wrong (RFC 9449 §5). */
    public static OAuthError invalidDpopProof(String description) {
        return of("invalid_dpop_proof", description, 400);
    }

    /** The proof has no nonce, or one that has ended: the answer has another (RFC 9449 §8). */
    public static OAuthError useDpopNonce() {
        return of("use_dpop_nonce", "The DPoP proof has to have the nonce of this answer", 400);
    }

    /** The same as the refusal of a protected resource, which says how to authenticate (RFC 9110 §15.5.2). */
    public OAuthError asChallenge(String scheme) {
        return new OAuthError(code, description, 401, Optional.of(scheme), retryAfter);
    }

    /** No token was sent to a resource of OpenID Connect: the challenge has a parameter (RFC 6750 §3). */
    public static OAuthError bearerTokenMissing() {
        return new OAuthError("", "Not authenticated", 401, Optional.of("Bearer realm=\"latchkey\""), Optional.empty());
    }

    /** A request to a resource that is wrong in itself (RFC 6750 §3.1). */
    public static OAuthError invalidBearerRequest(String description) {
        return new OAuthError("invalid_request", description, 400, Optional.of("Bearer"), Optional.empty());
    }

    /** The token is for less than the scope that is needed (RFC 6750 §3.1). */
    public static OAuthError insufficientScope(String description, String scope) {
        return new OAuthError(
                "insufficient_scope",
                description,
                403,
                Optional.of("Bearer scope=\"" + scope + "\""),
                Optional.empty());
    }

    /** A wrong password at {@code /login}, in the words that a FastAPI client knows. */
    public static OAuthError incorrectLogin() {
        return new OAuthError(
                "invalid_grant", "Incorrect username or password", 401, Optional.of("Bearer"), Optional.empty());
    }

    public static OAuthError tooManyAttempts(Duration retryAfter) {
        return new OAuthError(
                "invalid_grant",
                "Too many failed attempts, try again later",
                429,
                Optional.empty(),
                Optional.of(retryAfter));
    }

    /** Storage or capacity trouble. Never {@code invalid_grant}: clients throw their tokens away on that. */
    public static OAuthError temporarilyUnavailable(Duration retryAfter) {
        return new OAuthError(
                "temporarily_unavailable",
                "The server cannot answer at the moment, try again later",
                503,
                Optional.empty(),
                Optional.of(retryAfter));
    }

    public static OAuthError serverError() {
        return of("server_error", "The server failed to answer, the log has the reason under this request id", 500);
    }

    public static OAuthError notFound() {
        return of("not_found", "Not Found", 404);
    }

    /** What a specification leaves to the server, and this one does not do. */
    public static OAuthError notImplemented(String description) {
        return of("", description, 501);
    }

    public static OAuthError methodNotAllowed() {
        return of("invalid_request", "Method Not Allowed", 405);
    }

    public static OAuthError contentTooLarge() {
        return of("invalid_request", "The request body is too large", 413);
    }

    public static OAuthError unsupportedMediaType(String expected) {
        return of("invalid_request", "The request body has to be " + expected, 415);
    }

    /** The user, or this server for the user, says no (RFC 6749 §4.1.2.1). */
    public static OAuthError accessDenied(String description) {
        return of("access_denied", description, 403);
    }

    public static OAuthError unsupportedResponseType() {
        return of("unsupported_response_type", "The response type is not supported", 400);
    }

    /** A parameter that there is no support for (OpenID Connect Core §3.1.2.6): {@code request_not_supported} and its like. */
    public static OAuthError notSupported(String parameter) {
        return of(parameter + "_not_supported", "The parameter " + parameter + " is not supported", 400);
    }

    /** With {@code prompt=none}: what would have to be asked for (OpenID Connect Core §3.1.2.6). */
    public static OAuthError needsUser(String what, String description) {
        return of(what + "_required", description, 400);
    }

    /** The authentication that the client cannot do without cannot be had here (OpenID Connect Unmet Authentication §2). */
    public static OAuthError unmetAuthenticationRequirements() {
        return of(
                "unmet_authentication_requirements", "The authentication context that is needed is not to be had", 400);
    }

    /** Metadata that a registration cannot have here (RFC 7591 §3.2.2). */
    public static OAuthError invalidClientMetadata(String description) {
        return of("invalid_client_metadata", description, 400);
    }

    /** A redirect URI that a registration cannot have here (RFC 7591 §3.2.2). */
    public static OAuthError invalidRedirectUri(String description) {
        return of("invalid_redirect_uri", description, 400);
    }

    /** Nobody's statements about software are trusted here (RFC 7591 §3.2.2). */
    public static OAuthError unapprovedSoftwareStatement() {
        return of("unapproved_software_statement", "No software statement is approved here", 400);
    }

    /** The address has asked too often. */
    public static OAuthError tooManyRequests(Duration retryAfter) {
        return new OAuthError(
                "temporarily_unavailable",
                "Too many requests from this address, try again later",
                429,
                Optional.empty(),
                Optional.of(retryAfter));
    }

    /** The client has left too many requests here (RFC 9126 §2.3). */
    public static OAuthError tooManyPushedRequests(Duration retryAfter) {
        return new OAuthError(
                "temporarily_unavailable",
                "The client has pushed too many requests, try again later",
                429,
                Optional.empty(),
                Optional.of(retryAfter));
    }

    private static OAuthError of(String code, String description, int status) {
        return new OAuthError(code, description, status, Optional.empty(), Optional.empty());
    }
}
