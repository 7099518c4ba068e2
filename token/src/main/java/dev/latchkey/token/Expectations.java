package dev.latchkey.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Verifier} expects.
 *
 * @param issuer null if anybody's tokens are taken
 * @param audience empty if tokens for anybody are taken
 * @param type null if tokens of any type are taken
 */
record Expectations(
        KeySource keys,
        Set<Algorithm> algorithms,
        @Nullable String issuer,
        Set<String> audience,
        @Nullable String type,
        boolean neverExpiring,
        boolean evenExpired,
        List<String> required,
        List<String> strings,
        InstantSource clock,
        Duration leeway,
        int maxLength) {}
