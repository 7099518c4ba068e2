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
    public static final GrantType PASSWORD = new GrantType("password");
    public static final GrantType REFRESH_TOKEN = new GrantType("refresh_token");

    @Override
    public String toString() {
        return value;
    }
}
