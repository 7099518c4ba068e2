package dev.latchkey.server.key;

import dev.latchkey.server.key.KeyVault.VaultKey;
import dev.latchkey.server.key.StoredKey.Purpose;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.KeySource;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The issuer's keys in use. Of the keys of an algorithm the youngest whose time has come signs; a key is published from its
 * creation until nothing that it signed can be valid any more, and verifies exactly as long. When that is follows from the
 * keys alone, so nothing has to be switched over and no token is refused because of a rotation.
 *
 * <p>Safe for many threads: readers see one immutable snapshot.
 */
public final class KeyRing implements KeySource {
    private static final int REFRESH_SECRET_BYTES = 32;

    private final KeyVault vault;
    private final KeySettings settings;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile Map<Algorithm, List<KeyInUse>> keys = Map.of();
    private volatile byte @Nullable [] refreshSecret;

    private record KeyInUse(Jwk key, Jwk publicKey, Instant createdAt, Instant signsFrom, Instant publishedUntil) {
        boolean isPublished(Instant now) {
            return !now.isBefore(createdAt) && now.isBefore(publishedUntil);
        }
    }

    public KeyRing(KeyVault vault, KeySettings settings, InstantSource clock, SecureRandom random) {
        this.vault = vault;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** Reads the keys and makes those that are missing: one for each algorithm, and the one for refresh tokens. */
    public void open(Set<Algorithm> algorithms) {
        reload();
        Instant now = clock.instant();
        // at the same time: finding the primes of RSA keys is what a first start waits for
        List<Jwk> missing = algorithms.parallelStream()
                .filter(algorithm -> !keys.containsKey(algorithm))
                .map(Jwk::generate)
                .toList();
        missing.forEach(key -> vault.addIfNone(new VaultKey(key, Purpose.SIGNING, now, now)));
        if (refreshSecret == null) {
            byte[] secret = new byte[REFRESH_SECRET_BYTES];
            random.nextBytes(secret);
            vault.addIfNone(new VaultKey(Jwk.secret(Algorithm.HS256, secret), Purpose.REFRESH, now, now));
        }
        reload();
    }

    /** Reads the keys again, after another process may have changed them. */
    public void reload() {
        Map<Algorithm, List<VaultKey>> signing = new EnumMap<>(Algorithm.class);
        for (VaultKey key : vault.keys()) {
            switch (key.purpose()) {
                case SIGNING ->
                    signing.computeIfAbsent(key.key().algorithm(), _ -> new ArrayList<>())
                            .add(key);
                case REFRESH -> refreshSecret = secretOf(key.key());
            }
        }
        Map<Algorithm, List<KeyInUse>> loaded = new EnumMap<>(Algorithm.class);
        signing.forEach((algorithm, all) -> loaded.put(algorithm, inUse(all)));
        keys = loaded;
    }

    /** The keys of one algorithm, the youngest first, each published until the next one has signed for long enough. */
    private List<KeyInUse> inUse(List<VaultKey> ofOneAlgorithm) {
        List<VaultKey> youngestFirst = ofOneAlgorithm.stream()
                .sorted(Comparator.comparing(VaultKey::signsFrom)
                        .thenComparing(key -> key.key().keyId())
                        .reversed())
                .toList();
        List<KeyInUse> inUse = new ArrayList<>();
        Instant publishedUntil = Instant.MAX;
        for (VaultKey key : youngestFirst) {
            inUse.add(new KeyInUse(key.key(), key.key().toPublic(), key.createdAt(), key.signsFrom(), publishedUntil));
            publishedUntil = key.signsFrom().plus(settings.keepAfter());
        }
        return List.copyOf(inUse);
    }

    private static byte[] secretOf(Jwk key) {
        return Base64.getUrlDecoder().decode(String.valueOf(key.toMap().get("k")));
    }

    /**
     * Makes the next key of the algorithm: published at once, signing after {@code publishBefore}.
     *
     * @return its {@code kid}
     */
    public String rotate(Algorithm algorithm) {
        VaultKey next = next(algorithm);
        vault.add(next);
        reload();
        return next.key().keyId();
    }

    private VaultKey next(Algorithm algorithm) {
        Instant now = clock.instant();
        return new VaultKey(Jwk.generate(algorithm), Purpose.SIGNING, now, now.plus(settings.publishBefore()));
    }

    /**
     * Rotates what has signed for long enough and removes what is no longer published. Called now and then, by each instance.
     *
     * @return the {@code kid} of each key that this instance made
     */
    public List<String> rotateDue() {
        Instant now = clock.instant();
        Duration age = settings.rotateAfter().minus(settings.publishBefore());
        List<String> rotated = new ArrayList<>();
        keys.forEach((algorithm, all) -> {
            if (!now.isBefore(all.getFirst().signsFrom().plus(age))) {
                VaultKey next = next(algorithm);
                if (vault.addAfter(all.getFirst().key().keyId(), next)) {
                    rotated.add(next.key().keyId());
                }
                reload();
            }
        });
        List<String> retired = keys.values().stream()
                .flatMap(List::stream)
                .filter(key -> !now.isBefore(key.publishedUntil()))
                .map(key -> key.key().keyId())
                .toList();
        if (!retired.isEmpty()) {
            vault.remove(retired);
            reload();
        }
        return rotated;
    }

    /**
     * The key that signs now with the algorithm.
     *
     * @throws IllegalStateException when the issuer was not opened for it
     */
    public Jwk signer(Algorithm algorithm) {
        Optional<Jwk> shared = settings.sharedSecret().filter(key -> key.algorithm() == algorithm);
        if (shared.isPresent()) {
            return shared.get();
        }
        Instant now = clock.instant();
        for (KeyInUse key : keys.getOrDefault(algorithm, List.of())) {
            if (!now.isBefore(key.signsFrom())) {
                return key.key();
            }
        }
        throw new IllegalStateException("no key signs " + algorithm);
    }

    /** The algorithms that tokens of this issuer may be signed with. */
    public Set<Algorithm> algorithms() {
        Set<Algorithm> algorithms = EnumSet.copyOf(keys.keySet());
        settings.sharedSecret().ifPresent(key -> algorithms.add(key.algorithm()));
        return algorithms;
    }

    /** What {@code /jwks} shows: public keys only. */
    public JwkSet published() {
        Instant now = clock.instant();
        return JwkSet.of(keys.values().stream()
                .flatMap(List::stream)
                .filter(key -> key.isPublished(now))
                .map(KeyInUse::publicKey)
                .toList());
    }

    @Override
    public List<Jwk> find(@Nullable String keyId, Algorithm algorithm) {
        Instant now = clock.instant();
        List<Jwk> found = new ArrayList<>(2);
        for (KeyInUse key : keys.getOrDefault(algorithm, List.of())) {
            if (key.isPublished(now) && (keyId == null || keyId.equals(key.key().keyId()))) {
                found.add(key.publicKey());
            }
        }
        settings.sharedSecret()
                .filter(key -> key.algorithm() == algorithm && (keyId == null || keyId.equals(key.keyId())))
                .ifPresent(found::add);
        return found;
    }

    /** A secret for one purpose, from which the others cannot be told: 32 bytes, the same at every start. */
    public byte[] secretFor(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(refreshSecret(), "HmacSHA256"));
            return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 failed", e);
        }
    }

    /** The secret that authenticates refresh tokens: 32 bytes. */
    public byte[] refreshSecret() {
        byte[] secret = refreshSecret;
        if (secret == null) {
            throw new IllegalStateException("the key ring is not open");
        }
        return secret.clone();
    }
}
