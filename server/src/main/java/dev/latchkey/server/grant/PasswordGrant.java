package dev.latchkey.server.grant;

import dev.latchkey.server.client.Entitlement;
import dev.latchkey.server.protocol.GrantType;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.PasswordTokens;
import dev.latchkey.server.token.TokenResponse;
import java.util.Set;

/**
 * A user name and password become tokens (RFC 6749 §4.3). OAuth 2.1 has no such grant and RFC 9700 §2.4 forbids it to third
 * parties: it serves only clients whose metadata lists it.
 */
public final class PasswordGrant implements Grant {
    private final PasswordTokens passwordTokens;

    public PasswordGrant(PasswordTokens passwordTokens) {
        this.passwordTokens = passwordTokens;
    }

    @Override
    public GrantType type() {
        return GrantType.PASSWORD;
    }

    @Override
    public Set<String> parameters() {
        return Set.of("username", "password", "scope", Entitlement.RESOURCE);
    }

    @Override
    public boolean servesUnnamedClient() {
        return true;
    }

    @Override
    public TokenResponse redeem(GrantRequest request) {
        return passwordTokens
                .login(request.client(), request.parameters(), request.remoteAddress(), request.proof())
                .orElseThrow(() -> new OAuthException(OAuthError.invalidGrant("Incorrect username or password")));
    }
}
