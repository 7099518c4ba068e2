package dev.latchkey.server.token;

import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.session.Session;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.server.user.User;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.JwtBuilder;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.TokenCache;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
    private final TokenCache<AccessToken> verified = new TokenCache<>(CACHED_TOKENS);

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

    /** What every access token says, whoever it is for. */
    record Content(
            String clientId, Scope scope, List<String> audience, Duration lifetime, Optional<KeyThumbprint> key) {}

    /** A token for a client on its own behalf: the client is its subject (RFC 9068 §5). */
    String issue(Content content) {
        return sign(common(content, content.clientId()));
    }

    /** A token for a user at a client. */
    String issue(Content content, Session session, User user, String subject) {
        JwtBuilder token = common(content, subject)
                .claim("sid", session.id().value())
                .claim("auth_time", session.authTime().getEpochSecond())
                .claim("acr", IdTokens.ACR);
        if (!user.roles().isEmpty()) {
            token.claim("roles", user.roles());
        }
        if (content.scope().contains("profile")) {
            token.claim("username", user.username()); // the name it has at introspection (RFC 7662 §2.2)
        }
        if (settings.statusList()) {
            session.statusIndex().ifPresent(index -> token.claim("status", reference(index)));
        }
        return sign(token);
    }

    /** Token Status List §6.2. */
    private Map<String, Object> reference(StatusIndex index) {
        return Map.of("status_list", Map.of("idx", index.place(), "uri", StatusIndex.uri(issuer, index.list())));
    }

    private JwtBuilder common(Content content, String subject) {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        Instant now = clock.instant();
        JwtBuilder token = Jwt.create(clock)
                .type(AccessToken.TYPE)
                .issuer(issuer)
                .subject(subject)
                .audience(content.audience())
                .claim("client_id", content.clientId())
                .issuedAt(now)
                .expiresAt(now.plus(content.lifetime()))
                .id(Base64.getUrlEncoder().withoutPadding().encodeToString(id));
        if (!content.scope().isEmpty()) {
            token.claim("scope", content.scope().toString());
        }
        content.key().ifPresent(key -> token.claim("cnf", Map.of("jkt", key.value()))); // RFC 9449 §6.1
        return token;
    }

    private String sign(JwtBuilder token) {
        return token.sign(keys.signer(settings.signingAlgorithm()));
    }

    /** The token, if this issuer signed it as an access token, its key is still published, and it has not expired. */
    Optional<AccessToken> verify(String text) {
        Optional<AccessToken> known = Optional.ofNullable(verified.find(text, clock.instant()))
                .filter(token -> !keys.find(token.token().keyId(), token.token().algorithm())
                        .isEmpty());
        return known.isPresent() ? known : verifyNew(text);
    }

    private Optional<AccessToken> verifyNew(String text) {
        return switch (verifier.check(text)) {
            case Refusal _ -> Optional.empty();
            case VerifiedToken token -> {
                Optional<AccessToken> accessToken = AccessToken.of(token);
                accessToken.ifPresent(genuine -> verified.add(text, genuine, genuine.expiresAt()));
                yield accessToken;
            }
        };
    }
}
