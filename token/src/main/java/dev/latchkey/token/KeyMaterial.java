package dev.latchkey.token;

import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PublicKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a key is made of, without its name and purpose.
 *
 * @param thumbprintMembers the JWK members that RFC 7638 hashes, in its order; for a shared secret the secret is among them
 * @param privateMembers the JWK members that only the owner of a key pair may see
 * @param publicKey none for a shared secret
 * @param privateKey what signs: the private half or the shared secret; none for a public key
 * @param signatureLength how long each of its signatures is, in bytes; for a shared secret the algorithm decides
 */
record KeyMaterial(
        Map<String, String> thumbprintMembers,
        Map<String, String> privateMembers,
        @Nullable PublicKey publicKey,
        @Nullable Key privateKey,
        int signatureLength) {

    KeyMaterial publicHalf() {
        return new KeyMaterial(thumbprintMembers, Map.of(), publicKey, null, signatureLength);
    }

    String thumbprint() {
        byte[] canonical = JsonWriter.write(thumbprintMembers).getBytes(StandardCharsets.UTF_8);
        return Base64Url.encode(Crypto.chosen().sha256().digest(canonical)); // RFC 7638 §3
    }

    @Override
    public String toString() {
        return "KeyMaterial";
    }
}
