package dev.latchkey.server.client;

import dev.latchkey.server.client.AuthenticationMethod.Proof;
import dev.latchkey.server.client.Credential.SealedSecret;
import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.protocol.UsedTokenStore;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.KeySource;
import dev.latchkey.token.Refusal;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks the assertions by which clients authenticate: JWTs of {@code client_secret_jwt} and {@code private_key_jwt}
 * (RFC 7523 §3, OpenID Connect Core §9). Each wins once. Safe for many threads.
 */
public final class ClientAssertions {
    /** The one {@code client_assertion_type} (RFC 7523 §2.2). */
    public static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final int MAX_LENGTH = 8 * 1024;
    private static final Duration MAX_LIFETIME = Duration.ofMinutes(10);
    private static final Duration LEEWAY = Duration.ofSeconds(30);
    private static final List<String> TYPES = List.of("jwt", "client-authentication+jwt");

    private final String issuer;
    private final ClientKeySource keys;
    private final ClientSecrets secrets;
    private final Used used;
    private final InstantSource clock;

    /**
     * Where it is kept which assertions were used.
     *
     * @param epochs since when that is known
     */
    public record Used(UsedTokenStore store, Supplier<Epoch> epochs, UnitOfWork unitOfWork) {}

    /**
     * Checks assertions.
     *
     * @param issuer the only audience that they may have
     */
    public ClientAssertions(
            String issuer, ClientKeySource keys, ClientSecrets secrets, Used used, InstantSource clock) {
        this.issuer = issuer;
        this.keys = keys;
        this.secrets = secrets;
        this.used = used;
        this.clock = clock;
    }

    /** What assertions of a method may be signed by; never one of the other family (RFC 8725 §3.1). */
    public static List<Algorithm> algorithms(AuthenticationMethod method) {
        return switch (method.proof()) {
            case SHARED_KEY ->
                Arrays.stream(Algorithm.values()).filter(Algorithm::isSymmetric).toList();
            case PRIVATE_KEY ->
                Arrays.stream(Algorithm.values())
                        .filter(algorithm -> !algorithm.isSymmetric())
                        .toList();
            case SECRET, NOTHING -> List.of();
        };
    }

    /**
     * Checks the assertion and uses it up.
     *
     * @return why it is refused, for the operator alone; empty if it proves that the client sent it
     */
    Optional<String> refusal(Client client, String assertion) {
        Algorithm[] algorithms = algorithms(client.metadata().authenticationMethod()).stream()
                .filter(algorithm ->
                        client.metadata().jose().assertionAlgorithm().orElse(algorithm) == algorithm)
                .toArray(Algorithm[]::new);
        if (algorithms.length == 0) {
            return Optional.of("assertion_unsupported_algorithm");
        }
        Verifier verifier = Verifier.with(keysOf(client))
                .algorithms(algorithms)
                .issuer(client.id().value()) // RFC 7523 §3 (1)
                .audience(issuer) // RFC 7523 §3 (3)
                .anyType() // below: it may be left out
                .require("sub", "jti") // OpenID Connect Core §9
                .clock(clock)
                .leeway(LEEWAY)
                .maxLength(MAX_LENGTH)
                .build();
        return switch (verifier.check(assertion)) {
            case Refusal refusal ->
                Optional.of("assertion_" + refusal.reason().code().replace('-', '_'));
            case VerifiedToken token -> refusal(client, token);
        };
    }

    private KeySource keysOf(Client client) {
        if (client.metadata().authenticationMethod().proof() == Proof.PRIVATE_KEY) {
            return keys.verifying(client);
        }
        byte[] secret = client.credential() instanceof SealedSecret sealed
                ? secrets.open(client.id(), sealed).getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        // a secret has no name that its kid could be compared with
        return (_, algorithm) ->
                ClientSecret.isKeyFor(algorithm, secret.length) ? List.of(Jwk.secret(algorithm, secret)) : List.of();
    }

    private Optional<String> refusal(Client client, VerifiedToken token) {
        Instant expiresAt = token.expiresAt();
        String jti = token.id();
        if (!client.id().value().equals(token.string("sub"))) { // RFC 7523 §3 (2)
            return Optional.of("assertion_wrong_subject");
        }
        if (token.audience().size() != 1) { // who else it is for could use it here
            return Optional.of("assertion_several_audiences");
        }
        if (token.header().containsKey("typ") && !isType(token.header().get("typ"))) { // RFC 8725 §3.11
            return Optional.of("assertion_wrong_type");
        }
        // RFC 7523 §3 (4): what is remembered of it stays bounded
        if (expiresAt == null
                || expiresAt.isAfter(clock.instant().plus(MAX_LIFETIME).plus(LEEWAY))) {
            return Optional.of("assertion_lives_too_long");
        }
        if (jti == null) {
            return Optional.of("assertion_missing_claim");
        }
        Instant issuedAt = token.issuedAt() == null ? expiresAt.minus(MAX_LIFETIME) : token.issuedAt();
        if (used.epochs().get().isAfter(issuedAt, LEEWAY)) { // it may have been used, and that been forgotten
            return Optional.of("assertion_of_earlier_epoch");
        }
        String hash = sha256(jti);
        Instant forgetAt = expiresAt.plus(MAX_LIFETIME); // long after the last request that may still be under way
        boolean first = used.unitOfWork()
                .run(transaction -> used.store().use(transaction, client.id().value(), hash, forgetAt));
        return first ? Optional.empty() : Optional.of("assertion_replayed"); // RFC 7523 §3 (7)
    }

    private static boolean isType(Object type) {
        String name = type.toString().toLowerCase(Locale.ROOT);
        return TYPES.contains(name.startsWith("application/") ? name.substring("application/".length()) : name);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
