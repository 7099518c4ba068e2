package dev.latchkey.server.signout;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata.Encryption;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.token.IdTokens;
import dev.latchkey.server.token.JweEncrypter;
import dev.latchkey.server.token.NoEncryptionKeyException;
import dev.latchkey.server.token.Subjects;
import dev.latchkey.server.user.User;
import dev.latchkey.token.Jwt;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * Makes logout tokens, signed and encrypted as the client's ID tokens are (OpenID Connect Back-Channel Logout §2.4). Without
 * {@code nonce}, and of a type of their own, so that none passes for an ID token. Safe for many threads.
 */
public final class LogoutTokens {
    private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Duration LIFETIME = Duration.ofMinutes(2); // §4: preferably at most two minutes
    private static final int ID_BYTES = 16;

    private final String issuer;
    private final Tokens tokens;
    private final KeyRing keys;
    private final InstantSource clock;
    private final SecureRandom random;

    /** What knows how a client's tokens look. */
    public record Tokens(JweEncrypter encrypter, Subjects subjects) {}

    public LogoutTokens(String issuer, Tokens tokens, KeyRing keys, InstantSource clock, SecureRandom random) {
        this.issuer = issuer;
        this.tokens = tokens;
        this.keys = keys;
        this.clock = clock;
        this.random = random;
    }

    /**
     * A token that tells the client that a session of the user has ended. May ask the client's {@code jwks_uri}.
     *
     * @throws NoEncryptionKeyException where it has to be encrypted and the client has no key that fits
     */
    String issue(Client client, User user, SessionId sessionId) throws NoEncryptionKeyException {
        String token = Jwt.create(clock)
                .type("logout+jwt")
                .issuer(issuer)
                .subject(tokens.subjects().of(user, client))
                .audience(client.id().value())
                .issuedAt(clock.instant())
                .expiresIn(LIFETIME)
                .id(newId())
                .claim("events", Map.of(EVENT, Map.of()))
                .claim("sid", sessionId.value())
                .sign(keys.signer(IdTokens.algorithmFor(client)));
        Optional<Encryption> encryption = client.metadata().jose().idToken().encryption();
        return encryption.isPresent() ? tokens.encrypter().encrypt(token, client, encryption.get()) : token;
    }

    private String newId() {
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
    }
}
