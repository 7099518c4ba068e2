package dev.latchkey.server.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private static final List<String> NAMES = List.of("alice", "alice.liddell@wonderland.example", "Alice Liddell");

    private final PasswordRules rules = PasswordRules.onlyFactor(List.of("Orders Portal"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "correct horse battery",
                "kgQ7#pf2-Lw9vXz",
                "мой любимый пароль",
                "Grüße aus dem schönen Köln",
                "🔑🐴🔋📎🌍🚀🎸🍕🌵🐙🦀🎲🧵🔭🥁",
                "    a sentence with blanks around it    ",
                "%&/()=?*#'~-_.:;<",
                "alice reads tea leaves backwards",
            })
    void takesWhatIsLongAndNotFirstToBeGuessed(String password) {
        assertThat(rules.objection(password, NAMES)).isEmpty();
    }

    @Test
    void takesAtLeast64CharactersOfAnyKind() {
        assertThat(rules.objection("kgQ7#pf2-Lw9vXzж".repeat(4).substring(0, 63) + "!", NAMES))
                .isEmpty();
        assertThat(rules.objection("a sentence ".repeat(22) + "and end here", NAMES))
                .isEmpty();
    }

    @Test
    void refusesMoreThan256Characters() {
        String longest = "kgQ7#pf2-Lw9vXz!".repeat(15) + "and 16 different";
        assertThat(longest).hasSize(256);
        assertThat(rules.objection(longest, NAMES)).isEmpty();
        assertThat(rules.objection(longest + "x", NAMES)).contains("The password is longer than 256 characters.");
        assertThat(rules.objection("x".repeat(1_000_000), NAMES))
                .contains("The password is longer than 256 characters.");
        assertThat(rules.objection("🔑🐴".repeat(128), NAMES)).isPresent();
    }

    @Test
    void countsCharactersAndNotTheirBytesOrHalves() {
        assertThat(rules.objection("🔑🐴🔋📎🌍🚀🎸🍕🌵🐙🦀🎲🧵🔭", NAMES))
                .contains("The password has 14 characters and needs at least 15.");
        // each is two code points that the normal form makes one of
        assertThat(rules.objection("q\u0308".repeat(8) + "a\u0308o\u0308u\u0308".repeat(2), NAMES))
                .isEmpty();
        assertThat(rules.objection("a\u0308o\u0308u\u0308A\u0308O\u0308U\u0308e\u0301xyt", NAMES))
                .contains("The password has 10 characters and needs at least 15.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789987654321",
                "1qaz2wsx3edc4rfv",
                "passwordpassword",
                "qwerty123456789",
                "PASSWORDPASSWORD",
            })
    void refusesCommonPasswords(String password) {
        assertThat(rules.objection(password, NAMES)).contains("The password is one of those that most people use.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aaaaaaaaaaaaaaaaaaaa",
                "abcdefghijklmnopqrstuvwxyz",
                "9876543210987654",
                "qwertyuiopasdfghjkl",
                "password1234567890!",
                "P@ssw0rd!!P@ssw0rd!!",
                "iloveyou12345678!",
                "Summer!Winter!2026",
                "dragondragondragondragon",
                "abcabcabcabcabcabc",
                "zxcvbnm,zxcvbnm,",
                "yxcvbnmqwertzuiop",
                "trustno1trustno1!!",
                "                    ",
                "monkey----------------",
            })
    void refusesFewCommonWordsAndPatterns(String password) {
        assertThat(rules.objection(password, NAMES))
                .contains("The password is easy to guess: few common words, repetitions or sequences make most of it.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice.liddell.wonderland",
                "AliceLiddellAlice1",
                "ordersportal2026!",
                "orders portal alice",
                "4l1ce-l1ddell-w0nderl4nd",
                "LIDDELLALICEabc",
            })
    void refusesOwnNamesAndThatOfTheService(String password) {
        assertThat(rules.objection(password, NAMES))
                .contains("The password is easy to guess: your own names or that of this service make most of it.");
    }

    @Test
    void eightCharactersAreEnoughWithASecondFactor() {
        PasswordRules twoFactors = PasswordRules.oneOfTwoFactors(List.of());
        assertThat(twoFactors.objection("k7#pQx2!", NAMES)).isEmpty();
        assertThat(twoFactors.objection("k7#pQx2", NAMES))
                .contains("The password has 7 characters and needs at least 8.");
        assertThat(twoFactors.objection("sunshine", NAMES)).isPresent();
        assertThat(twoFactors.objection("alice123", NAMES)).isPresent();
    }

    @Property(tries = 300)
    void randomLettersAreTaken(
            @ForAll @StringLength(min = 24, max = 64) @CharRange(from = 'a', to = 'z') String letters) {
        // jqwik likes edge cases such as one letter repeated, which are rightly refused
        boolean varied = letters.chars().distinct().count() > 12;
        assertThat(!varied || rules.objection(letters, NAMES).isEmpty()).isTrue();
    }

    @Property(tries = 300)
    void noTextBreaksTheRules(@ForAll String password, @ForAll String name) {
        rules.objection(password, List.of(name))
                .ifPresent(sentence ->
                        assertThat(sentence).startsWith("The password ").endsWith("."));
    }
}
