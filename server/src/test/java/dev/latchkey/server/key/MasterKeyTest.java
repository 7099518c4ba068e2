package dev.latchkey.server.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys at rest: opened by the right master key under the right name, and by nothing else. */
class MasterKeyTest {
    private final SecureRandom random = new SecureRandom();
    private final byte[] bytes = new byte[MasterKey.BYTES];
    private final MasterKey key = new MasterKey(bytes, random);

    @TempDir
    private Path folder;

    @Test
    void whatWasEncryptedIsDecryptedAndNeverTheSameTwice() {
        String encrypted = key.encrypt("private", "kid");
        assertThat(key.decrypt(encrypted, "kid")).isEqualTo("private");
        assertThat(key.encrypt("private", "kid")).isNotEqualTo(encrypted);
        assertThat(new String(Base64.getUrlDecoder().decode(encrypted), StandardCharsets.ISO_8859_1))
                .doesNotContain("private");
    }

    @Test
    void anotherKeyAnotherNameAndAnyChangeAreRefused() {
        String encrypted = key.encrypt("private", "kid");
        byte[] other = bytes.clone();
        other[0] = 1;
        assertThatThrownBy(() -> new MasterKey(other, random).decrypt(encrypted, "kid"))
                .isInstanceOf(MasterKey.WrongMasterKeyException.class)
                .hasMessageContaining("kid")
                .hasMessageNotContaining("private");
        assertThatThrownBy(() -> key.decrypt(encrypted, "other")).isInstanceOf(MasterKey.WrongMasterKeyException.class);
        byte[] sealed = Base64.getUrlDecoder().decode(encrypted);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
            assertThatThrownBy(() -> key.decrypt(text, "kid")).isInstanceOf(MasterKey.WrongMasterKeyException.class);
        }
    }

    @Test
    void fingerprintsDependOnKeyTextAndName() {
        byte[] other = bytes.clone();
        other[0] = 1;
        assertThat(key.fingerprint("a", "n")).isEqualTo(key.fingerprint("a", "n"));
        assertThat(key.fingerprint("a", "n"))
                .isNotEqualTo(key.fingerprint("b", "n"))
                .isNotEqualTo(key.fingerprint("a", "m"))
                .isNotEqualTo(new MasterKey(other, random).fingerprint("a", "n"));
    }

    @Test
    void theFileIsMadeOnceAndIsTheOwnersOnly() throws IOException {
        Path file = folder.resolve("master.key");
        byte[] made = MasterKeyFile.readOrCreate(file, random);
        assertThat(made).hasSize(MasterKey.BYTES).isNotEqualTo(new byte[MasterKey.BYTES]);
        assertThat(MasterKeyFile.readOrCreate(file, random)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aFileThatOthersMayReadOrThatHoldsNoKeyIsRefused() throws IOException {
        Path file = folder.resolve("master.key");
        MasterKeyFile.readOrCreate(file, random);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> MasterKeyFile.readOrCreate(file, random))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "c2hvcnQ=\n");
        assertThatThrownBy(() -> MasterKeyFile.readOrCreate(file, random))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("32 bytes")
                .hasMessageNotContaining("c2hvcnQ");
    }
}
