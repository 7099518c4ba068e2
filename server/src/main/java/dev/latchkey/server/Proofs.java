package dev.latchkey.server;

import dev.latchkey.server.epoch.Epochs;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.proof.DpopNonces;
import dev.latchkey.server.proof.DpopProofs;
import dev.latchkey.server.setting.Settings;
import java.util.Optional;

/** Puts together what checks the proofs of an issuer's senders. */
final class Proofs {
    private Proofs() {}

    /** What of an issuer changes while it serves. */
    record State(KeyRing keys, Epochs epochs) {}

    static DpopProofs of(String url, Settings settings, Stores stores, Issuer.Parts parts, State state) {
        Optional<DpopNonces> nonces = Optional.of(settings.tokens().dpopNonces())
                .filter(wanted -> wanted)
                .map(_ -> new DpopNonces(state.keys().secretFor("DPoP nonces"), parts.clock()));
        DpopProofs.Used used = new DpopProofs.Used(stores.usedTokens(), state.epochs(), stores.unitOfWork());
        return new DpopProofs(url, used, nonces, parts.audit(), parts.clock());
    }
}
