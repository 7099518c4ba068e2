package dev.latchkey.guard.corpus;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Decision;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.GuardRequest;
import dev.latchkey.guard.TrustedIssuer;
import dev.latchkey.token.JwkSet;
import java.time.InstantSource;
import java.util.List;

/** The guard, asked about a request with the token in its Authorization header. */
final class GuardJudge implements Judge, AutoCloseable {
    private final Guard guard = Guard.issuer(TrustedIssuer.of(Mint.ISSUER).keys(JwkSet.parse(Keys.published())))
            .audience(Mint.AUDIENCE)
            .clock(InstantSource.fixed(Mint.NOW))
            .build();

    @Override
    public String name() {
        return "Latchkey guard";
    }

    @Override
    public Class<?> origin() {
        return Guard.class;
    }

    @Override
    public String setUp() {
        return "`Guard.issuer(…)` with fixed keys and `audience(…)`; nothing else. It is asked about a request with"
            + " the token in its `Authorization` header, one guard for all tokens, so that what it remembers of good"
            + " ones could help bad ones.";
    }

    @Override
    public boolean accepts(String token) {
        return guard.check(new Bearer(token), Access.authenticated()) instanceof Decision.Admitted;
    }

    @Override
    public void close() {
        guard.close();
    }

    private record Bearer(String token) implements GuardRequest {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public String url() {
            return "https://orders.example/orders";
        }

        @Override
        public List<String> headers(String name) {
            return name.equalsIgnoreCase("Authorization") ? List.of("Bearer " + token) : List.of();
        }
    }
}
