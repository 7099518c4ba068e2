package dev.latchkey.server.token;

import dev.latchkey.server.protocol.ClientId;

/** Something had to be encrypted to a client, and among its keys is none to encrypt it to. */
public final class NoEncryptionKeyException extends Exception {
    private static final long serialVersionUID = 1L;

    NoEncryptionKeyException(ClientId client, String algorithm) {
        super("client " + client + " has no key for " + algorithm, null, false, false);
    }
}
