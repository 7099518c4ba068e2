package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every token, whatever it says and whoever signed it. */
class PropertyTest {
    private static final Map<Algorithm, Jwk> KEYS = new EnumMap<>(Algorithm.class);

    static {
        for (Algorithm algorithm : Algorithm.values()) {
            KEYS.put(algorithm, Jwk.generate(algorithm));
        }
    }

    private static Jwk key(Algorithm algorithm) {
        return Objects.requireNonNull(KEYS.get(algorithm));
    }

    private static Verifier verifier(Algorithm algorithm) {
        return Verifier.with(key(algorithm))
                .anyIssuer()
                .anyAudience()
                .anyType()
                .neverExpiring()
                .algorithms(algorithm)
                .maxLength(1_000_000)
                .clock(InstantSource.fixed(Forge.NOW))
                .build();
    }

    @Property(tries = 200)
    void whatIsSignedIsReadBack(@ForAll Algorithm algorithm, @ForAll("claims") Map<String, Object> claims) {
        String token = Jwt.create(InstantSource.fixed(Forge.NOW))
                .claims(claims)
                .neverExpires()
                .sign(key(algorithm));

        Map<String, Object> expected = new LinkedHashMap<>(claims);
        expected.put("iat", Forge.NOW.getEpochSecond());
        assertThat(verifier(algorithm).verify(token).claims()).isEqualTo(expected);
        assertThat(UnverifiedToken.parse(token).claims()).isEqualTo(expected);
    }

    @Property(tries = 400)
    void aChangedCharacterIsRefused(
            @ForAll Algorithm algorithm, @ForAll @IntRange(max = 2000) int position, @ForAll char other) {
        String token = Jwt.create(InstantSource.fixed(Forge.NOW))
                .subject("alice")
                .neverExpires()
                .sign(key(algorithm));
        int at = position % token.length();
        if (token.charAt(at) != other) {
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            assertThat(verifier(algorithm).check(changed)).isInstanceOf(Refusal.class);
        }
    }

    @Property(tries = 400)
    void aFlippedBitIsRefused(
            @ForAll Algorithm algorithm,
            @ForAll @IntRange(max = 2) int part,
            @ForAll @IntRange(max = 3000) int position) {
        String token = Jwt.create(InstantSource.fixed(Forge.NOW))
                .subject("alice")
                .neverExpires()
                .sign(key(algorithm));
        String[] parts = token.split("\\.", -1);
        byte[] bytes = Base64.getUrlDecoder().decode(parts[part]);
        int bit = position % (8 * bytes.length);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        parts[part] = Base64Url.encode(bytes);

        assertThat(verifier(algorithm).check(String.join(".", parts))).isInstanceOf(Refusal.class);
    }

    @Property
    void base64urlHasOneSpelling(@ForAll byte[] bytes, @ForAll String text) {
        assertThat(Base64Url.decode(Base64Url.encode(bytes))).isEqualTo(bytes);
        byte[] read = Base64Url.decode(text);
        if (read != null) {
            assertThat(Base64Url.encode(read)).isEqualTo(text);
        }
    }

    @Property
    void jsonIsReadAsItWasWritten(@ForAll("values") Object value) {
        String text = Json.write(List.of(value));
        assertThat(Json.parse(text)).isEqualTo(List.of(value));
        Map<String, Object> wrapped = Map.of("v", value);
        assertThat(Json.parseObject(Json.write(wrapped).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(wrapped);
    }

    @Provide
    Arbitrary<Map<String, Object>> claims() {
        // registered names have rules of their own
        return Arbitraries.maps(strings().map(name -> "x-" + name), values()).ofMaxSize(8);
    }

    @Provide
    Arbitrary<Object> values() {
        return values(3);
    }

    private static Arbitrary<Object> values(int depth) {
        Arbitrary<Object> simple = Arbitraries.oneOf(
                strings().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.bigIntegers()
                        .greaterOrEqual(BigInteger.valueOf(Long.MAX_VALUE).add(BigInteger.ONE))
                        .lessOrEqual(BigInteger.TEN.pow(90))
                        .asGeneric(),
                Arbitraries.bigDecimals()
                        .between(new BigDecimal("-1e30"), new BigDecimal("1e30"))
                        .ofScale(7)
                        .asGeneric());
        if (depth == 0) {
            return simple;
        }
        return Arbitraries.oneOf(
                simple,
                simple,
                values(depth - 1).list().ofMaxSize(4).asGeneric(),
                Arbitraries.maps(strings(), values(depth - 1)).ofMaxSize(4).asGeneric());
    }

    /** Any text that UTF-8 can carry. */
    private static Arbitrary<String> strings() {
        return Arbitraries.integers()
                .between(0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .list()
                .ofMaxSize(12)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }
}
