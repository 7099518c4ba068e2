package dev.latchkey.guard;

import dev.latchkey.token.RefusalReason;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Judges JWTs by an issuer's keys (RFC 9068 §4). */
final class JwtJudge implements TokenJudge {
    private final Verifier verifier;
    private final Keys keys;
    private final CallerClaims callers;
    private final @Nullable StatusLists statusLists;
    private final Duration leeway;

    /**
     * @param statusLists of the issuer; null where revocation is not looked at
     * @param leeway the verifier's
     */
    JwtJudge(Verifier verifier, Keys keys, CallerClaims callers, @Nullable StatusLists statusLists, Duration leeway) {
        this.verifier = verifier;
        this.keys = keys;
        this.callers = callers;
        this.statusLists = statusLists;
        this.leeway = leeway;
    }

    @Override
    public TrustedToken judge(String text, Challenges challenges) {
        // asked for before the token is: if the keys change meanwhile, the token is judged again
        Object basis = keys.basis();
        try {
            VerifiedToken token = verifier.verify(text);
            Instant expiry = Objects.requireNonNull(token.expiresAt(), "the verifier asks for exp");
            return new TrustedToken(
                    callers.caller(token.subject(), token.claims(), Optional.of(expiry)),
                    TrustedToken.Confirmation.of(token.claims()),
                    TrustedToken.StatusReference.of(token.claims()),
                    expiry.plus(leeway),
                    this,
                    basis);
        } catch (TokenRefusedException e) {
            throw challenges.invalidToken(sentence(e.reason()));
        } catch (IllegalArgumentException e) {
            throw challenges.invalidToken("The access token is malformed");
        }
    }

    /** For the developer of the client; says nothing of the token that was not verified. */
    private static String sentence(RefusalReason reason) {
        return switch (reason) {
            case EXPIRED -> "The access token expired";
            case NOT_YET_VALID -> "The access token is not valid yet";
            case BAD_SIGNATURE -> "The signature of the access token is wrong";
            case MALFORMED -> "The access token is malformed";
            case WRONG_ISSUER -> "The access token was issued by somebody else";
            case WRONG_AUDIENCE -> "The access token is meant for somebody else";
            case WRONG_TYPE -> "The token is not an access token";
            case UNSUPPORTED_ALGORITHM -> "The access token is signed with an algorithm that is not taken";
            case UNKNOWN_KEY -> "The access token is signed with an unknown key";
            case MISSING_CLAIM -> "The access token lacks a claim that it needs";
        };
    }

    @Override
    public boolean stands(TrustedToken token) {
        return token.basis().equals(keys.basis());
    }

    @Override
    public void requireUnrevoked(TrustedToken token, Challenges challenges) {
        if (statusLists != null && token.status() != null) {
            statusLists.check(token.status(), challenges);
        }
    }

    @Override
    public void close() {
        keys.close();
        if (statusLists != null) {
            statusLists.close();
        }
    }
}
