package dev.latchkey.token;

/** Why a token is not accepted: every way there is. {@link #code()} is the spelling for people, logs and commands. */
public enum RefusalReason {
    /** Its {@code exp} has come. */
    EXPIRED("expired"),
    /** Its {@code nbf} has not come, or it was issued in the future. */
    NOT_YET_VALID("not-yet-valid"),
    /** It is not what the key's owner signed. */
    BAD_SIGNATURE("bad-signature"),
    /** It is no JWS in compact form with a JSON object of sound claims, or asks for what is not supported. */
    MALFORMED("malformed"),
    /** Somebody else issued it. */
    WRONG_ISSUER("wrong-issuer"),
    /** It is for somebody else. */
    WRONG_AUDIENCE("wrong-audience"),
    /** Its {@code typ} is another: an ID token where an access token is due, for instance. */
    WRONG_TYPE("wrong-type"),
    /** Its {@code alg} is not among those expected; {@code none} never is. */
    UNSUPPORTED_ALGORITHM("unsupported-algorithm"),
    /** No known key has its {@code kid} and fits its {@code alg}. */
    UNKNOWN_KEY("unknown-key"),
    /** It lacks a claim that is required. */
    MISSING_CLAIM("missing-claim");

    private final String code;

    RefusalReason(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}
