package dev.latchkey.server.token;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata.Encryption;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Scope;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.user.StandardClaims;
import dev.latchkey.server.user.User;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwt;
import dev.latchkey.token.JwtBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes ID tokens (OpenID Connect Core §2), signed and encrypted as the client's metadata says. Safe for many threads. */
public final class IdTokens {
    /** How users prove who they are: a password (RFC 8176 §2). */
    public static final List<String> AMR = List.of("pwd");

    /** What signs unless the client says otherwise (OpenID Connect Registration §2): libraries take no other untold. */
    public static final Algorithm DEFAULT = Algorithm.RS256;

    /** The one class of authentication that there is: one factor. */
    public static final String ACR = "1";

    private final String issuer;
    private final TokenSettings settings;
    private final KeyRing keys;
    private final JweEncrypter encrypter;
    private final Subjects subjects;
    private final InstantSource clock;

    /**
     * What an ID token tells.
     *
     * @param client whom it is for
     * @param login whose login it stands for
     * @param nonce as the authorization request had it
     * @param accessToken that it comes with, for {@code at_hash}
     * @param code that it comes with, for {@code c_hash}
     * @param scope whose claims it tells besides; none where there is an access token to ask for them (Core §5.4)
     * @param requested claims asked for one by one
     */
    public record Content(
            Client client,
            Login login,
            Optional<String> nonce,
            Optional<String> accessToken,
            Optional<String> code,
            Scope scope,
            Set<String> requested) {}

    /** A login as an ID token tells it. */
    public record Login(User user, SessionId sessionId, Instant authTime) {}

    /** What signs them, and what encrypts them to a client's key. */
    public record Jose(KeyRing keys, JweEncrypter encrypter) {}

    public IdTokens(String issuer, TokenSettings settings, Jose jose, Subjects subjects, InstantSource clock) {
        this.issuer = issuer;
        this.settings = settings;
        this.keys = jose.keys();
        this.encrypter = jose.encrypter();
        this.subjects = subjects;
        this.clock = clock;
    }

    /**
     * The ID token as text.
     *
     * @throws OAuthException where it has to be encrypted and the client has no key for that
     */
    public String issue(Content content) {
        Client client = content.client();
        Login login = content.login();
        Algorithm algorithm = algorithmFor(client);
        String subject = subjects.of(login.user(), client);
        JwtBuilder token = Jwt.create(clock)
                .claims(StandardClaims.of(login.user(), subject, content.scope(), content.requested()))
                .type("JWT")
                .issuer(issuer)
                .subject(subject)
                .audience(client.id().value())
                .claim("azp", client.id().value())
                .issuedAt(clock.instant())
                .expiresIn(settings.accessLifetime())
                .claim("auth_time", login.authTime().getEpochSecond())
                .claim("acr", ACR)
                .claim("amr", AMR)
                .claim("sid", login.sessionId().value());
        content.nonce().ifPresent(nonce -> token.claim("nonce", nonce));
        content.accessToken().ifPresent(text -> token.claim("at_hash", leftHalfOfHash(text, algorithm)));
        content.code().ifPresent(text -> token.claim("c_hash", leftHalfOfHash(text, algorithm)));
        String signed = token.sign(keys.signer(algorithm));
        return client.metadata()
                .jose()
                .idToken()
                .encryption()
                .map(encryption -> encrypted(signed, client, encryption))
                .orElse(signed);
    }

    private String encrypted(String signed, Client client, Encryption encryption) {
        try {
            return encrypter.encrypt(signed, client, encryption);
        } catch (NoEncryptionKeyException e) {
            throw new OAuthException(
                    OAuthError.invalidRequest("The client has no key that its ID token could be encrypted to"),
                    String.valueOf(e.getMessage()));
        }
    }

    /** What signs the ID tokens of the client, and whatever else has to be signed like them. */
    public static Algorithm algorithmFor(Client client) {
        return client.metadata().jose().idToken().signature().orElse(DEFAULT);
    }

    /** {@code at_hash} and {@code c_hash}: by the hash that the signature uses (Core §3.3.2.11). */
    private static String leftHalfOfHash(String text, Algorithm algorithm) {
        String name = switch (algorithm) {
            case HS256, RS256, PS256, ES256 -> "SHA-256";
            case HS384, RS384, PS384, ES384 -> "SHA-384";
            case HS512, RS512, PS512, ES512, EdDSA -> "SHA-512"; // Ed25519 signs by SHA-512 (RFC 8032 §5.1)
        };
        try {
            byte[] hash = MessageDigest.getInstance(name).digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no " + name, e);
        }
    }
}
