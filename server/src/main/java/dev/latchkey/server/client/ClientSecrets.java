package dev.latchkey.server.client;

import dev.latchkey.server.client.Credential.SealedSecret;
import dev.latchkey.server.key.MasterKey;
import dev.latchkey.server.protocol.ClientId;
import java.util.Optional;

/**
 * Turns secrets of clients into what the store keeps, and the one kind that is needed again back: that of
 * {@code client_secret_jwt} rests encrypted under the master key and bound to its client. Safe for many threads.
 */
public final class ClientSecrets {
    private final MasterKey masterKey;

    public ClientSecrets(MasterKey masterKey) {
        this.masterKey = masterKey;
    }

    /**
     * What to keep for a client.
     *
     * @throws IllegalArgumentException if the method uses a secret and there is none, or the other way round
     */
    public Credential keep(ClientId id, AuthenticationMethod method, Optional<String> secret) {
        if (method.usesSecret() != secret.isPresent()) {
            throw new IllegalArgumentException(method + (method.usesSecret() ? " needs a secret" : " has no secret"));
        }
        return switch (method.proof()) {
            case SECRET -> new Credential.HashedSecret(ClientSecret.hash(secret.orElseThrow()));
            case SHARED_KEY -> new SealedSecret(masterKey.encrypt(secret.orElseThrow(), name(id)));
            case PRIVATE_KEY, NOTHING -> new Credential.None();
        };
    }

    /** Like {@link #keep}, but what is known already where it is of the same secret: encrypting gives another text each time. */
    public Credential keep(ClientId id, AuthenticationMethod method, Optional<String> secret, Credential known) {
        boolean same =
                known instanceof SealedSecret sealed && known.fits(method) && secret.equals(openIfPossible(id, sealed));
        return same ? known : keep(id, method, secret);
    }

    private Optional<String> openIfPossible(ClientId id, SealedSecret secret) {
        try {
            return Optional.of(open(id, secret));
        } catch (MasterKey.WrongMasterKeyException e) {
            return Optional.empty();
        }
    }

    /**
     * The secret.
     *
     * @throws MasterKey.WrongMasterKeyException when it was kept under another master key or for another client
     */
    public String open(ClientId id, SealedSecret secret) {
        return masterKey.decrypt(secret.sealed(), name(id));
    }

    private static String name(ClientId id) {
        return "client_secret " + id.value();
    }
}
