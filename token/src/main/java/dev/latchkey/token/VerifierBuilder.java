package dev.latchkey.token;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the expectations of a {@link Verifier}. {@link #build()} refuses as long as one is neither given nor waived.
 * For one thread; can build several.
 */
public final class VerifierBuilder {
    private final KeySource keys;
    private final Set<Algorithm> algorithms = EnumSet.noneOf(Algorithm.class);
    private final Set<String> audience = new LinkedHashSet<>();
    private final List<String> required = new ArrayList<>();
    private final List<String> strings = new ArrayList<>();
    private @Nullable String issuer;
    private boolean anyIssuer;
    private boolean anyAudience;
    private @Nullable String type;
    private boolean anyType;
    private boolean neverExpiring;
    private boolean evenExpired;
    private InstantSource clock = InstantSource.system();
    private Duration leeway = Duration.ZERO;
    private int maxLength = CompactToken.DEFAULT_MAX_LENGTH;

    VerifierBuilder(KeySource keys) {
        this.keys = keys;
    }

    /** Takes tokens of this issuer ({@code iss}) only. */
    public VerifierBuilder issuer(String expected) {
        issuer = notEmpty(expected, "issuer");
        return this;
    }

    /** Takes tokens whoever issued them: whoever holds a key may say what it likes. */
    public VerifierBuilder anyIssuer() {
        anyIssuer = true;
        return this;
    }

    /** Takes tokens for one of these ({@code aud}) only. */
    public VerifierBuilder audience(String... expected) {
        for (String one : expected) {
            audience.add(notEmpty(one, "audience"));
        }
        return this;
    }

    /** Takes tokens whomever they are for: one that was meant for another service opens this one too. */
    public VerifierBuilder anyAudience() {
        anyAudience = true;
        return this;
    }

    /** Takes tokens signed with these algorithms only; there is no way to waive this. */
    public VerifierBuilder algorithms(Algorithm... expected) {
        algorithms.addAll(List.of(expected));
        return this;
    }

    /** Takes tokens of this type ({@code typ}) only; case and a leading {@code application/} do not count. */
    public VerifierBuilder type(String expected) {
        type = notEmpty(expected, "type");
        return this;
    }

    /** Takes tokens of any type: an ID token where an access token is due. */
    public VerifierBuilder anyType() {
        anyType = true;
        return this;
    }

    /** Takes tokens without {@code exp}; where there is one it still counts. */
    public VerifierBuilder neverExpiring() {
        neverExpiring = true;
        return this;
    }

    /** Takes tokens that have expired: what they said was true once. For hints, never for access. */
    public VerifierBuilder evenExpired() {
        evenExpired = true;
        return this;
    }

    /** Takes tokens that have these claims, with any value but null and the empty string. */
    public VerifierBuilder require(String... claims) {
        required.addAll(List.of(claims));
        return this;
    }

    /**
     * Takes tokens in which these claims, where they are at all, are strings: {@code client_id} and {@code scope} of access
     * tokens (RFC 8693 §4.2, §4.3). For {@code iss}, {@code sub} and {@code jti} that goes without saying.
     */
    public VerifierBuilder strings(String... claims) {
        strings.addAll(List.of(claims));
        return this;
    }

    /** The clock that decides what has expired; the system's unless given. */
    public VerifierBuilder clock(InstantSource source) {
        clock = source;
        return this;
    }

    /** How far the issuer's clock may differ from this one; none unless given, ten minutes at most. */
    public VerifierBuilder leeway(Duration duration) {
        if (duration.isNegative() || duration.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("a leeway is between 0 and 10 minutes");
        }
        leeway = duration;
        return this;
    }

    /** The longest token that is looked at, in characters; 16 Ki unless given. */
    public VerifierBuilder maxLength(int characters) {
        if (characters < 1 || characters > Json.MAX_CHARS) {
            throw new IllegalArgumentException("a token has between 1 and " + Json.MAX_CHARS + " characters");
        }
        maxLength = characters;
        return this;
    }

    /**
     * The verifier.
     *
     * @throws IllegalStateException if an expectation was forgotten, or both given and waived; it names each
     */
    public Verifier build() {
        List<String> mistakes = new ArrayList<>();
        if (algorithms.isEmpty()) {
            mistakes.add("algorithms(…) is missing");
        }
        expectOne(mistakes, issuer != null, "issuer(…)", anyIssuer, "anyIssuer()");
        expectOne(mistakes, !audience.isEmpty(), "audience(…)", anyAudience, "anyAudience()");
        expectOne(mistakes, type != null, "type(…)", anyType, "anyType()");
        if (!mistakes.isEmpty()) {
            throw new IllegalStateException("a verifier has to be told what to expect: " + String.join(", ", mistakes));
        }
        return new Verifier(new Expectations(
                keys,
                Collections.unmodifiableSet(EnumSet.copyOf(algorithms)),
                issuer,
                Collections.unmodifiableSet(new LinkedHashSet<>(audience)),
                type,
                neverExpiring,
                evenExpired,
                List.copyOf(required),
                List.copyOf(strings),
                clock,
                leeway,
                maxLength));
    }

    private static void expectOne(
            List<String> mistakes, boolean given, String expectation, boolean waived, String waiver) {
        if (!given && !waived) {
            mistakes.add(expectation + " or " + waiver + " is missing");
        } else if (given && waived) {
            mistakes.add(expectation + " and " + waiver + " contradict each other");
        }
    }

    private static String notEmpty(String text, String what) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the expected " + what + " is empty");
        }
        return text;
    }
}
