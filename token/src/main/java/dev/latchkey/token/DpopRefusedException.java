package dev.latchkey.token;

/** A DPoP proof was not accepted. It carries no stack trace, and nothing of the proof. */
public final class DpopRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final DpopRefusal refusal;

    public DpopRefusedException(DpopRefusal refusal) {
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
    }

    public DpopRefusal refusal() {
        return refusal;
    }
}
