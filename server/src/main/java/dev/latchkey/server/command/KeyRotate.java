package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.token.Algorithm;

/** {@code key rotate}: makes the next key, which is published at once and signs when everyone can have it. */
final class KeyRotate extends StoreCommand {
    KeyRotate(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("rotate", "Makes the next signing key; no token is refused for it.")
                .option("--alg", "ALGORITHM", "Which; the one that signs unless given.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        Algorithm algorithm = call.arguments()
                .text("--alg")
                .map(KeyText::algorithm)
                .orElse(call.settings().tokens().signingAlgorithm());
        if (algorithm.isSymmetric()) {
            throw CommandException.refused(
                    algorithm + " signs with the shared secret of the configuration: change it there");
        }
        KeyRing keys = store.keys();
        if (!keys.algorithms().contains(algorithm)) {
            throw CommandException.refused("this issuer does not sign with " + algorithm);
        }
        String keyId = keys.rotate(algorithm);
        store.unitOfWork().run(transaction -> {
            store.record(
                    transaction,
                    AuditEvent.of(AuditEvent.Type.KEY_ROTATION)
                            .with("kid", keyId)
                            .with("alg", algorithm));
            return true;
        });
        call.say("made " + keyId + ", published now, signing from "
                + call.terminal().clock().instant().plus(call.settings().keys().publishBefore()));
        return OK;
    }
}
