package dev.latchkey.server.token;

import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.user.User;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.JwtBuilder;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes and verifies the issuer's access tokens: JWTs by RFC 9068. Safe for many threads. */
public final class AccessTokens {
    private static final int ID_BYTES = 16;
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int CACHED_TOKENS = 8 * 1024;

    private final String issuer;
    private final TokenSettings settings;
    private final KeyRing keys;
    private final InstantSource clock;
    private final SecureRandom random;
    private final Verifier verifier;
    private final VerifiedTokenCache verified = new VerifiedTokenCache(CACHED_TOKENS);

    /** The key ring has to be open. */
    public AccessTokens(String issuer, TokenSettings settings, KeyRing keys, InstantSource clock, SecureRandom random) {
        this.issuer = issuer;
        this.settings = settings;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
        this.verifier = Verifier.with(keys)
                .issuer(issuer)
                .anyAudience() // the endpoints that are a resource themselves ask for theirs
                .algorithms(keys.algorithms().toArray(Algorithm[]::new))
                .type(AccessToken.TYPE)
                .require("sub", "jti", "client_id", "aud")
                .clock(clock)
                .maxLength(MAX_LENGTH)
                .build();
    }

    /** A token for a client on its own behalf: the client is its subject (RFC 9068 §5). */
    String issue(String clientId, Scope scope, List<String> audience) {
        return sign(common(clientId, clientId, scope, audience));
    }

    /** A token for a user at a client. */
    String issue(Session session, User user, Scope scope, List<String> audience) {
        JwtBuilder token = common(session.clientId().value(), user.id().value(), scope, audience)
                .claim("sid", session.id().value())
                .claim("auth_time", session.authTime().getEpochSecond())
                .claim("acr", "1");
        if (!user.roles().isEmpty()) {
            token.claim("roles", user.roles());
        }
        return sign(token);
    }

    private JwtBuilder common(String clientId, String subject, Scope scope, List<String> audience) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Instant now = clock.instant();
        JwtBuilder token = Jwt.create(clock)
                .type(AccessToken.TYPE)
                .issuer(issuer)
                .subject(subject)
                .audience(audience)
                .claim("client_id", clientId)
                .issuedAt(now)
                .expiresAt(now.plus(settings.accessLifetime()))
                .id(Base64.getUrlEncoder().withoutPadding().encodeToString(id));
        if (!scope.isEmpty()) {
            token.claim("scope", scope.toString());
        }
        return token;
    }

    private String sign(JwtBuilder token) {
        return token.sign(keys.signer(settings.signingAlgorithm()));
    }

    /** The token, if this issuer signed it as an access token, its key is still published, and it has not expired. */
    Optional<AccessToken> verify(String text) {
        Optional<AccessToken> known = verified.find(text, clock.instant())
                .filter(token -> !keys.find(token.token().keyId(), token.token().algorithm())
                        .isEmpty());
        return known.isPresent() ? known : verifyNew(text);
    }

    private Optional<AccessToken> verifyNew(String text) {
        return switch (verifier.check(text)) {
            case Refusal _ -> Optional.empty();
            case VerifiedToken token -> {
                Instant expiresAt = token.expiresAt();
                if (expiresAt == null) {
                    throw new IllegalStateException("the verifier let a token without exp through");
                }
                AccessToken accessToken = AccessToken.of(token, expiresAt);
                verified.add(text, accessToken);
                yield Optional.of(accessToken);
            }
        };
    }
}
