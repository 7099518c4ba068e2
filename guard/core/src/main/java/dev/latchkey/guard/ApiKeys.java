package dev.latchkey.guard;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * API keys that are known beforehand. It holds their SHA-256 only, and looks keys up by it, so that the time an answer takes
 * tells nothing of a key. Make keys of 128 random bits at least: a hash without salt does not protect guessable ones.
 */
public final class ApiKeys implements Function<String, Optional<Caller>> {
    private final Map<String, Caller> byHash;

    private ApiKeys(Map<String, Caller> byHash) {
        this.byHash = byHash;
    }

    /** These keys and whose they are. */
    public static ApiKeys of(Map<String, Caller> callersByKey) {
        Map<String, Caller> hashed = new HashMap<>();
        callersByKey.forEach((key, caller) -> hashed.put(hash(key), caller));
        return new ApiKeys(Map.copyOf(hashed));
    }

    /** Keys of which only the SHA-256, in lower case hexadecimal digits, is known here. */
    public static ApiKeys ofSha256(Map<String, Caller> callersByHash) {
        return new ApiKeys(Map.copyOf(callersByHash));
    }

    @Override
    public Optional<Caller> apply(String key) {
        return Optional.ofNullable(byHash.get(hash(key)));
    }

    private static String hash(String key) {
        return HexFormat.of().formatHex(SenderProofs.sha256(key.getBytes(StandardCharsets.UTF_8)));
    }
}
