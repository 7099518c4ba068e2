package dev.latchkey.server.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.Normalizer;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterProperty;

class PasswordHasherPropertyTest {
    private final Argon2 library = NativeArgon2.load().orElseThrow();
    private final HashQueue queue = PasswordHasherTest.queue();
    private final PasswordHasher hasher = new PasswordHasher(PasswordHasherTest.CHEAP, queue, new SecureRandom());

    @AfterProperty
    void close() {
        queue.close();
    }

    @Property(tries = 300)
    void anyPasswordMatchesItsHashAndNoOtherDoes(
            @ForAll @StringLength(max = 100) String password, @ForAll @StringLength(max = 100) String other) {
        String hash = hasher.hash(password);
        assertThat(hasher.verify(password, hash)).isEqualTo(new PasswordVerdict.Match(false));
        boolean same = normalized(password).equals(normalized(other));
        assertThat(hasher.verify(other, hash) instanceof PasswordVerdict.Match).isEqualTo(same);
    }

    @Property(tries = 300)
    void bothEnginesComputeTheSame(@ForAll @StringLength(max = 200) String password, @ForAll byte salted) {
        byte[] secret = password.getBytes(StandardCharsets.UTF_8);
        byte[] salt = new byte[8 + (salted & 0x1f)];
        salt[0] = salted;
        for (Argon2Parameters.Type type : Argon2Parameters.Type.values()) {
            Argon2Parameters parameters = new Argon2Parameters(
                    type, Argon2Parameters.VERSION_13, 32 + (salted & 0x3f), 1 + (salted & 3), 1 + (salted & 1));
            assertThat(library.tag(parameters, secret, salt, 32))
                    .isEqualTo(new JavaArgon2().tag(parameters, secret, salt, 32));
        }
    }

    @Example
    void theNativeLibraryIsFoundOnThePlatformsItIsBuiltFor() {
        assertThat(NativeArgon2.resource("Linux", "amd64")).isEqualTo("/linux-x86-64/libargon2.so");
        assertThat(NativeArgon2.resource("Linux", "aarch64")).isEqualTo("/linux-aarch64/libargon2.so");
        assertThat(NativeArgon2.resource("Mac OS X", "aarch64")).isEqualTo("/darwin-aarch64/libargon2.dylib");
        assertThat(NativeArgon2.resource("Mac OS X", "x86_64")).isEqualTo("/darwin-x86-64/libargon2.dylib");
        assertThat(NativeArgon2.resource("Windows 11", "amd64")).isEqualTo("/win32-x86-64/argon2.dll");
    }

    private static String normalized(String text) {
        // what cannot be written as UTF-8 becomes a question mark
        return new String(
                Normalizer.normalize(text, Normalizer.Form.NFKC).getBytes(StandardCharsets.UTF_8),
                StandardCharsets.UTF_8);
    }
}
