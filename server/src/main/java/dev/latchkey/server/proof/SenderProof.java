package dev.latchkey.server.proof;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.token.DpopProof;
import dev.latchkey.token.DpopRefusal;
import java.util.Optional;

/**
 * What a request for tokens shows of its sender: that it has a key, or nothing. A grant uses it up in the unit of work in which
 * it decides, so that of many requests with one proof one gets tokens. Only {@link DpopProofs} makes one.
 */
public final class SenderProof {
    private final DpopProofs proofs;
    private final Optional<DpopProof> proof;
    private final AuditEvent refusal;

    SenderProof(DpopProofs proofs, Optional<DpopProof> proof, AuditEvent refusal) {
        this.proofs = proofs;
        this.proof = proof;
        this.refusal = refusal;
    }

    /** The key that was proven, to which tokens are bound. */
    public Optional<KeyThumbprint> key() {
        return proof.map(DpopProof::keyThumbprint).map(KeyThumbprint::new);
    }

    /** Uses it up. False if it has been used before: then {@link #usedBefore} is the answer. True where there is none. */
    public boolean use(Transaction transaction) {
        return proof.isEmpty() || proofs.use(transaction, proof.get());
    }

    /** The refusal of a request whose proof has been used before (RFC 9449 §11.1). */
    public OAuthException usedBefore() {
        return proofs.refused(DpopRefusal.USED_BEFORE, refusal);
    }

    /** The refusal of a request that would need a proof (RFC 9449 §5). */
    public OAuthException missing() {
        return proofs.refused(DpopRefusal.MISSING, refusal);
    }

    @Override
    public String toString() {
        return "SenderProof[" + key().map(KeyThumbprint::value).orElse("none") + "]";
    }
}
