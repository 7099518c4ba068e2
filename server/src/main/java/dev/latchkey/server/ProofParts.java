package dev.latchkey.server;

import dev.latchkey.server.epoch.Epochs;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.proof.DpopNonces;
import dev.latchkey.server.proof.DpopProofs;
import dev.latchkey.server.proof.NonceHeader;
import dev.latchkey.server.setting.Settings;
import java.util.Optional;

/**
 * What checks proofs of an issuer's senders, put together from its settings and stores.
 *
 * @param nonces where its settings ask for them
 */
record ProofParts(DpopProofs checks, Optional<DpopNonces> nonces) {
    /** What of an issuer changes while it serves. */
    record State(KeyRing keys, Epochs epochs) {}

    static ProofParts of(String url, Settings settings, Stores stores, Issuer.Parts parts, State state) {
        Optional<DpopNonces> nonces = Optional.of(settings.tokens().dpopNonces())
                .filter(wanted -> wanted)
                .map(_ -> new DpopNonces(state.keys().secretFor("DPoP nonces"), parts.clock()));
        DpopProofs.Used used = new DpopProofs.Used(stores.usedTokens(), state.epochs(), stores.unitOfWork());
        return new ProofParts(new DpopProofs(url, used, nonces, parts.audit(), parts.clock()), nonces);
    }

    /** The handler of a route that takes proofs. */
    Handler taking(Handler handler) {
        return nonces.<Handler>map(given -> new NonceHeader(handler, given)).orElse(handler);
    }
}
