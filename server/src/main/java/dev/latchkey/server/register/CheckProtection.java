package dev.latchkey.server.register;

import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientMetadata.Encryption;
import dev.latchkey.server.client.ClientMetadata.Protection;

/**
 * Takes algorithms that ID tokens and user info are signed and encrypted by. Neither none nor one under a shared secret is
 * among them.
 */
final class CheckProtection implements MetadataCheck {
    @Override
    public void check(ClientMetadata metadata) {
        check("id_token", metadata.jose().idToken());
        check("userinfo", metadata.jose().userInfo());
    }

    private static void check(String what, Protection protection) {
        if (!protection.signature().map(Protection.SIGNATURES::contains).orElse(true)) {
            throw unsupported(what + "_signed_response_alg");
        }
        if (!protection
                .encryption()
                .map(Encryption::algorithm)
                .map(Encryption.ALGORITHMS::contains)
                .orElse(true)) {
            throw unsupported(what + "_encrypted_response_alg");
        }
        if (!protection
                .encryption()
                .map(Encryption::content)
                .map(Encryption.CONTENTS::contains)
                .orElse(true)) {
            throw unsupported(what + "_encrypted_response_enc");
        }
    }

    private static RuntimeException unsupported(String member) {
        return InvalidMetadata.of(member, "has a value that is not supported");
    }
}
