package dev.latchkey.guard.corpus;

import dev.latchkey.token.Algorithm;
import dev.latchkey.token.JwkSet;
import dev.latchkey.token.Verification;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.time.InstantSource;

/** Our own token library, without the guard around it. */
final class VerifierJudge implements Judge {
    private final Verifier verifier = Verifier.with(JwkSet.parse(Keys.published()))
            .issuer(Mint.ISSUER)
            .audience(Mint.AUDIENCE)
            .algorithms(ALGORITHMS.stream().map(Algorithm::valueOf).toArray(Algorithm[]::new))
            .type("at+jwt")
            .require("sub", "client_id", "iat", "jti")
            .strings("client_id", "scope")
            .clock(InstantSource.fixed(Mint.NOW))
            .build();

    @Override
    public String name() {
        return "Latchkey token library";
    }

    @Override
    public Class<?> origin() {
        return Verifier.class;
    }

    @Override
    public String setUp() {
        return "`Verifier.with(keys)` with issuer, audience, algorithms, type and required claims.";
    }

    @Override
    public boolean accepts(String token) {
        Verification verification = verifier.check(token);
        return verification instanceof VerifiedToken;
    }
}
