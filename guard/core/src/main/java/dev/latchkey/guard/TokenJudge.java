package dev.latchkey.guard;

/** Says whether a token is genuine and meant for this API. Safe for many threads. */
interface TokenJudge extends AutoCloseable {
    /** @throws RefusedException if it is not, or if that cannot be told now */
    TrustedToken judge(String token, Challenges challenges);

    /** Whether the judgement of a token that was trusted before still stands; its expiry is looked at elsewhere. */
    boolean stands(TrustedToken token);

    /** @throws RefusedException if the token was revoked since, as far as the judge hears of that */
    default void requireUnrevoked(TrustedToken token, Challenges challenges) {}

    @Override
    void close();
}
