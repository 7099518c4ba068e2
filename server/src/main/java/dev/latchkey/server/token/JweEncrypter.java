package dev.latchkey.server.token;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientKeySource;
import dev.latchkey.server.client.ClientMetadata.Encryption;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what a client is told to a key of that client (RFC 7516, OpenID Connect Core §10.2). May ask the client's
 * {@code jwks_uri}, so never inside a unit of work. Safe for many threads.
 */
public final class JweEncrypter {
    private final ClientKeySource keys;
    private final SecureRandom random;

    public JweEncrypter(ClientKeySource keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /**
     * Encrypts a signed token: a nested JWT (RFC 7519 §11.2).
     *
     * @throws NoEncryptionKeyException where the client has no key that fits
     */
    public String encrypt(String jws, Client client, Encryption encryption) throws NoEncryptionKeyException {
        return encrypt(jws, "JWT", client, encryption);
    }

    /**
     * Encrypts claims that are not signed, as a JSON object.
     *
     * @throws NoEncryptionKeyException where the client has no key that fits
     */
    public String encryptClaims(String json, Client client, Encryption encryption) throws NoEncryptionKeyException {
        return encrypt(json, null, client, encryption);
    }

    private String encrypt(String content, @Nullable String contentType, Client client, Encryption encryption)
            throws NoEncryptionKeyException {
        String algorithm = encryption.algorithm();
        Optional<Jwe> recipient = keys.search(
                client,
                known -> RecipientKeys.fitting(known.members(), algorithm).stream()
                        .map(Jwe::to)
                        .flatMap(Optional::stream)
                        .findFirst(),
                Optional::isPresent);
        if (recipient.isEmpty()) {
            throw new NoEncryptionKeyException(client.id(), algorithm);
        }
        return recipient.get().encrypt(content, contentType, encryption, random);
    }
}
