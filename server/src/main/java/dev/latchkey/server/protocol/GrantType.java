package dev.latchkey.server.protocol;

/**
 * The value of {@code grant_type} (RFC 6749 §4, RFC 7591 §2). Open, since extensions name theirs by a URI (RFC 6749
 * §4.5).
 *
 * @param value as sent
 */
public record GrantType(String value) {
    public static final GrantType AUTHORIZATION_CODE = new GrantType("authorization_code");
    public static final GrantType CLIENT_CREDENTIALS = new GrantType("client_credentials");
    /** Stands in metadata beside response types with an ID token (RFC 7591 §2.1); nothing redeems it. */
    public static final GrantType IMPLICIT = new GrantType("implicit");

    public static final GrantType PASSWORD = new GrantType("password");
    public static final GrantType REFRESH_TOKEN = new GrantType("refresh_token");

    @Override
    public String toString() {
        return value;
    }
}
