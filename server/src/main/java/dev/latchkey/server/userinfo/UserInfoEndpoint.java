package dev.latchkey.server.userinfo;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata.Encryption;
import dev.latchkey.server.client.ClientMetadata.Protection;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.JweEncrypter;
import dev.latchkey.server.token.NoEncryptionKeyException;
import dev.latchkey.server.token.ResourceAccess;
import dev.latchkey.server.token.TokenStatus.ActiveAccessToken;
import dev.latchkey.server.token.TokenStatus.Login;
import dev.latchkey.server.user.StandardClaims;
import dev.latchkey.token.Json;
import dev.latchkey.token.Jwt;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /userinfo}: the claims that the scope of the access token asks for (OpenID Connect Core §5.3), as JSON, or as a JWT
 * that is signed, encrypted, or both, by the client's metadata.
 */
public final class UserInfoEndpoint implements Handler {
    private final String issuer;
    private final ResourceAccess access;
    private final Jose jose;

    /** What makes JWTs of claims. */
    public record Jose(KeyRing keys, JweEncrypter encrypter, InstantSource clock) {}

    public UserInfoEndpoint(String issuer, ResourceAccess access, Jose jose) {
        this.issuer = issuer;
        this.access = access;
        this.jose = jose;
    }

    @Override
    public Response handle(Request request) {
        ActiveAccessToken active = access.requireUser(request, BearerToken.of(request));
        if (!active.token().scope().contains("openid")) {
            throw new OAuthException(
                    OAuthError.insufficientScope("The token was not issued for the scope openid", "openid"));
        }
        Login login = active.login().orElseThrow();
        Map<String, Object> claims = StandardClaims.of(
                login.user(),
                active.token().subject(),
                active.token().scope(),
                login.session().claims().userInfoNames());
        Client client = active.client();
        Protection protection = client.metadata().jose().userInfo();
        if (protection.equals(Protection.NONE)) {
            return Response.token(claims);
        }
        return Response.jwt(token(claims, client, protection));
    }

    private String token(Map<String, Object> claims, Client client, Protection protection) {
        Optional<String> signed = protection
                .signature()
                .map(algorithm -> Jwt.create(jose.clock())
                        .issuer(issuer) // OpenID Connect Core §5.3.2: iss and aud
                        .audience(client.id().value())
                        .claims(claims)
                        .neverExpires()
                        .sign(jose.keys().signer(algorithm)));
        return protection
                .encryption()
                .map(encryption -> encrypted(claims, signed, client, encryption))
                .or(() -> signed)
                .orElseThrow();
    }

    private String encrypted(
            Map<String, Object> claims, Optional<String> signed, Client client, Encryption encryption) {
        try {
            return signed.isPresent()
                    ? jose.encrypter().encrypt(signed.get(), client, encryption)
                    : jose.encrypter().encryptClaims(Json.write(claims), client, encryption);
        } catch (NoEncryptionKeyException e) {
            throw new OAuthException(
                    OAuthError.invalidBearerRequest("The client has no key that the answer could be encrypted to"),
                    String.valueOf(e.getMessage()));
        }
    }
}
