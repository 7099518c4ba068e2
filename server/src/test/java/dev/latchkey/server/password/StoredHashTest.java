package dev.latchkey.server.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused at import, and why; that a refused hash is never repeated in the reason. */
class StoredHashTest {
    private static final String SALT = "c2FsdHNhbHQ";
    private static final String DIGEST = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        $argon2id$v=19$m=131073,t=1,p=1$S$D          | KiB of Argon2 memory
        $argon2id$v=19$m=65536,t=999999,p=1$S$D      | iterations
        $argon2id$v=19$m=64,t=1,p=99$S$D             | lane
        $argon2id$v=19$m=64,t=0,p=1$S$D              | iteration
        $argon2id$v=18$m=64,t=1,p=1$S$D              | versions
        $argon2id$v=19$m=64,t=1$S$D                  | parts
        $argon2id$v=19$m=64,t=1,p=1$AA$D             | salt
        $argon2id$v=19$m=64,t=1,p=1$S$AAAA           | digest
        $argon2id$v=19$m=4294967296,t=1,p=1$S$D      | number
        $argon2id$v=19$m=-64,t=1,p=1$S$D             | number
        $2b$16$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW | cost of bcrypt
        $2b$03$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW | cost of bcrypt
        $2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW | broken
        $2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe  | 53
        $2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe+ | character
        $bcrypt-sha256$v=3,t=2b,r=4$S$D              | parameters
        $pbkdf2-sha256$3000001$S$D                   | iterations of PBKDF2
        $pbkdf2-sha256$0$S$D                         | iteration
        $pbkdf2-sha256$1000$$D                       | salt
        $pbkdf2-sha256$1000$S$%%%                    | base64
        pbkdf2_sha256$99999999999$salt$D             | number
        pbkdf2:md5:1000$salt$00                      | SHA-512
        pbkdf2:sha256:1000$salt$0g                   | hexadecimal
        $scrypt$ln=17,r=16,p=1$S$D                   | KiB of scrypt memory
        $scrypt$ln=10,r=8,p=999999$S$D               | N·r·p
        $scrypt$ln=62,r=8,p=1$S$D                    | logarithm
        $scrypt$ln=0,r=8,p=1$S$D                     | positive
        $scrypt$ln=20,r=1,p=1$S$D                    | 2^16
        scrypt$1000$salt$8$1$D                       | power of two
        scrypt$0$salt$8$1$D                          | power of two
        $6$rounds=2000001$salt$x                     | rounds
        $6$rounds=10$salt$x                          | 1000
        $6$salt$x                                    | length
        $1$salt$x                                    | too cheap
        md5$salt$x                                   | too cheap
        plain password                               | not known
        $                                            | not known
        $$$$$$$$$$                                   | not known
        {bcrypt}                                     | not known
        {noop}password                               | not known
        """)
    void refusesAndSaysWhy(String hash, String why) {
        String full = hash.replace("$S", "$" + SALT).replaceAll("\\$D$", "\\$" + DIGEST);
        assertThatThrownBy(() -> PasswordHasher.requireSupported(full))
                .isInstanceOf(UnsupportedHashException.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain(SALT, DIGEST, "plain password"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG",
                "{argon2}$argon2id$v=19$m=4096,t=3,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
                "{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=16384,t=2,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OWFiY2RlZg",
                "$argon2id$v=19$m=131072,t=4,p=8$c2FsdHNhbHQ$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
                "$argon2i$m=65536,t=3,p=4$c2FsdHNhbHQ$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
                "pbkdf2_sha256$1200000$salt$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
                "$scrypt$ln=17,r=8,p=1$c2FsdHNhbHQ$MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY",
                "scrypt:32768:8:1$salt$30313233343536373839616263646566",
                "$6$salt$MjUvAt8rwEiaxCU0C1T0MjUvAt8rwEiaxCU0C1T0MjUvAt8rwEiaxCU0C1T0MjUvAt8rwEiaxCU0C1T0" + "abcdef",
            })
    void takesWhatOthersWriteByDefault(String hash) {
        assertThatCode(() -> PasswordHasher.requireSupported(hash)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.server.password.HashVectors#all")
    void takesNoHashThatWasCutShort(HashVectors.Vector vector) {
        String hash = vector.hash();
        int digestBegins = hash.lastIndexOf('$');
        for (int end = 0; end <= digestBegins; end++) {
            String cut = hash.substring(0, end);
            assertThatThrownBy(() -> StoredHash.parse(cut)).isInstanceOf(UnsupportedHashException.class);
        }
    }
}
