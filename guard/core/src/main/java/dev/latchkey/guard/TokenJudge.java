package dev.latchkey.guard;

/** Says whether a token is genuine and meant for this API. Safe for many threads. */
interface TokenJudge extends AutoCloseable {
    /**
     * Finds out what a token says.
     *
     * @throws RefusedException if it is not genuine or not meant for this API, or if that cannot be told now
     */
    TrustedToken judge(String token, Challenges challenges);

    /** Whether the judgement of a token that was trusted before still stands; its expiry is looked at elsewhere. */
    boolean stands(TrustedToken token);

    /**
     * Lets a token pass that was not revoked since, as far as the judge hears of that.
     *
     * @throws RefusedException if it was
     */
    default void requireUnrevoked(TrustedToken token, Challenges challenges) {}

    @Override
    void close();
}
