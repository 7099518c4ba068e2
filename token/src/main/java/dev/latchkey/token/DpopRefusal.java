package dev.latchkey.token;

/** Why a DPoP proof is not accepted: every way there is (RFC 9449 §4.3). {@link #sentence()} is for those who sent it. */
public enum DpopRefusal {
    /** The request has no proof. */
    MISSING("There has to be a DPoP proof"),
    /** The request has several. */
    SEVERAL("There has to be one DPoP proof, not several"),
    /** It is no JWT of its type with the claims of one, or it brings no public key. */
    MALFORMED("The DPoP proof is malformed"),
    /** Its algorithm is not among {@link DpopProof#ALGORITHMS}. */
    UNSUPPORTED_ALGORITHM("The DPoP proof is signed by an algorithm that is not supported"),
    /** It was not signed by the key that it brings. */
    BAD_SIGNATURE("The signature of the DPoP proof is wrong"),
    /** It was made with another key than the one that something is bound to. */
    OTHER_KEY("The DPoP proof was made with another key"),
    /** Its {@code htm} is another. */
    OTHER_METHOD("The DPoP proof is for another method"),
    /** Its {@code htu} is another. */
    OTHER_ADDRESS("The DPoP proof is for another address"),
    /** Its {@code ath} is another, or is missing. */
    OTHER_TOKEN("The DPoP proof is for another access token"),
    /** It is too old, or from the future. */
    NOT_FRESH("The DPoP proof was not made just now"),
    /** Its {@code jti} has been seen. */
    USED_BEFORE("The DPoP proof was used before");

    private final String sentence;

    DpopRefusal(String sentence) {
        this.sentence = sentence;
    }

    /** In ASCII, without quotes: fit for {@code error_description}. */
    public String sentence() {
        return sentence;
    }
}
