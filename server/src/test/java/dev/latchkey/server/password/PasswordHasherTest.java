package dev.latchkey.server.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.server.password.PasswordVerdict.Match;
import dev.latchkey.server.password.PasswordVerdict.Mismatch;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import org.apache.commons.codec.digest.Sha2Crypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Hashing and checking, the same with the native library and without it. */
@ParameterizedClass(name = "{0}")
@MethodSource("engines")
class PasswordHasherTest {
    static final Argon2Settings CHEAP = new Argon2Settings(64, 2, 1);
    private static final String PASSWORD = "correct horse battery staple";
    private static final PasswordVerdict MATCH = new Match(false);
    private static final PasswordVerdict RENEW = new Match(true);
    private static final PasswordVerdict MISMATCH = new Mismatch();

    private final SecureRandom random = new SecureRandom();
    private final HashQueue queue = queue();

    @Parameter
    @SuppressWarnings("NullAway.Init") // set before each test
    Argon2 engine;

    static List<Argon2> engines() {
        return List.of(NativeArgon2.load().orElseThrow(), new JavaArgon2());
    }

    static HashQueue queue() {
        return new HashQueue(
                new HashQueueSettings(2, HashCost.MAX_MEMORY_KIB, 100, Duration.ofSeconds(60)), HashQueueListener.NONE);
    }

    @AfterEach
    void close() {
        queue.close();
    }

    private PasswordHasher hasher(Argon2Settings settings) {
        return new PasswordHasher(settings, queue, random, () -> engine);
    }

    @Test
    void aHashIsAnArgon2idPhcStringAndMatchesItsPassword() {
        PasswordHasher hasher = hasher(Argon2Settings.RECOMMENDED);
        String hash = hasher.hash(PASSWORD);
        assertThat(hash).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
        assertThat(hasher.verify(PASSWORD, hash)).isEqualTo(MATCH);
        assertThat(hasher.verify(PASSWORD + " ", hash)).isEqualTo(MISMATCH);
        assertThat(hasher.verify("", hash)).isEqualTo(MISMATCH);
    }

    @Test
    void noTwoHashesOfOnePasswordAreTheSame() {
        assertThat(hasher(CHEAP).hash(PASSWORD)).isNotEqualTo(hasher(CHEAP).hash(PASSWORD));
    }

    @Test
    void everyCharacterOfALongPasswordCounts() {
        PasswordHasher hasher = hasher(CHEAP);
        String hash = hasher.hash("x".repeat(255) + "y");
        assertThat(hasher.verify("x".repeat(255) + "y", hash)).isEqualTo(MATCH);
        assertThat(hasher.verify("x".repeat(255) + "z", hash)).isEqualTo(MISMATCH);
    }

    @Test
    void oneCharacterWrittenInTwoWaysIsOnePassword() {
        PasswordHasher hasher = hasher(CHEAP);
        String hash = hasher.hash("Ko\u0308ln am schönen Rhein");
        assertThat(hasher.verify("Köln am schönen Rhein", hash)).isEqualTo(MATCH);
        assertThat(hasher.verify("Ｋöln am schönen Rhein", hash)).isEqualTo(MATCH);
        assertThat(hasher.verify("Koln am schönen Rhein", hash)).isEqualTo(MISMATCH);
    }

    @Test
    void aHashThatAnotherSystemMadeOfTheTypedFormMatchesIt() {
        PasswordHasher hasher = hasher(CHEAP);
        byte[] typed = "Ko\u0308ln".getBytes(StandardCharsets.UTF_8);
        byte[] salt = new byte[16];
        byte[] tag = engine.tag(CHEAP.parameters(), typed, salt, 32);
        String foreign = new Argon2Hash(CHEAP.parameters(), salt, tag).toString();
        assertThat(hasher.verify("Ko\u0308ln", foreign)).isEqualTo(RENEW);
        assertThat(hasher.verify("Köln", foreign)).isEqualTo(MISMATCH);
    }

    @Test
    void aCheaperHashIsRenewedAndACostlierOneIsNot() {
        String hash = hasher(CHEAP).hash(PASSWORD);
        assertThat(hasher(new Argon2Settings(65, 2, 1)).verify(PASSWORD, hash)).isEqualTo(RENEW);
        assertThat(hasher(new Argon2Settings(64, 3, 1)).verify(PASSWORD, hash)).isEqualTo(RENEW);
        assertThat(hasher(new Argon2Settings(64, 2, 2)).verify(PASSWORD, hash)).isEqualTo(RENEW);
        assertThat(hasher(new Argon2Settings(32, 1, 1)).verify(PASSWORD, hash)).isEqualTo(MATCH);
    }

    @Test
    void aWrongPasswordIsNeverRenewed() {
        String hash = hasher(CHEAP).hash(PASSWORD);
        assertThat(hasher(Argon2Settings.RECOMMENDED).verify("wrong", hash)).isEqualTo(MISMATCH);
    }

    @Test
    void foreignHashesMatchAndAreRenewed() {
        PasswordHasher hasher = hasher(CHEAP);
        assertThat(hasher.verify("U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                .isEqualTo(RENEW);
        assertThat(hasher.verify("U*V", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                .isEqualTo(MISMATCH);
        assertThat(hasher.verify("U*U", "{bcrypt}$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"))
                .isEqualTo(RENEW);
    }

    @Test
    void aHashThatCannotBeReadMatchesNothing() {
        PasswordHasher hasher = hasher(CHEAP);
        for (String broken : List.of("", "!", "plain", "$argon2id$v=19$m=64,t=2,p=1$c2FsdHNhbHQ", PASSWORD)) {
            assertThat(hasher.verify(PASSWORD, broken)).isEqualTo(MISMATCH);
        }
    }

    @Test
    void aPasswordLongerThanAnyThatIsAcceptedMatchesNothing() {
        PasswordHasher hasher = hasher(CHEAP);
        String tooLong = "x".repeat(PasswordRules.MAX_BYTES + 1);
        assertThat(hasher.verify(tooLong, hasher.hash("x"))).isEqualTo(MISMATCH);
        assertThatThrownBy(() -> hasher.hash(tooLong)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPasswordThatGrowsTooLongByNormalizingMatchesNothing() {
        PasswordHasher hasher = hasher(CHEAP);
        String ligatures = "\uFDFA".repeat(64); // one character that is eighteen, of 33 bytes
        byte[] grown = Normalizer.normalize(ligatures, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8);
        assertThat(grown).hasSizeGreaterThan(PasswordRules.MAX_BYTES);
        assertThat(hasher.verify(ligatures, Sha2Crypt.sha512Crypt(grown.clone(), "$6$rounds=1000$saltsalt")))
                .isEqualTo(MISMATCH);
        assertThatThrownBy(() -> hasher.hash(ligatures)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whoHasNoPasswordIsVerifiedAllTheSame() {
        CountingArgon2 counting = new CountingArgon2(engine);
        PasswordHasher hasher = new PasswordHasher(CHEAP, queue, random, () -> counting);
        String hash = hasher.hash(PASSWORD);
        for (String password : List.of("", PASSWORD, "Ko\u0308ln", "x".repeat(5000))) {
            assertThat(counting.countedBy(() -> hasher.verifyNobody(password)))
                    .isEqualTo(counting.countedBy(() -> hasher.verify(password, hash)))
                    .isEqualTo(counting.countedBy(() -> hasher.verify(password, "not a hash")))
                    .isNotEmpty();
        }
    }
}
