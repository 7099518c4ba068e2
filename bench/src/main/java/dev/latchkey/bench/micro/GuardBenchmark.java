package dev.latchkey.bench.micro;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Caller;
import dev.latchkey.guard.Guard;
import dev.latchkey.guard.GuardRequest;
import dev.latchkey.guard.TrustedIssuer;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.JwkSet;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole check of a request by the guard: with a token that it has not seen, with one that it has, and the bare signature
 * check, all on the same provider.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method that sets it up
public class GuardBenchmark {
    private static final Access ACCESS = Access.authenticated().scopes("orders:read");
    private static final int TOKENS = 2048;

    @Param({"ES256", "RS256", "EdDSA", "HS256"})
    public String algorithm;

    @Param({"native", "jdk"})
    public String provider;

    private Guard forgetful;
    private Guard guard;
    private Request[] requests;
    private Bare bare;
    private int next;

    /** A request of which only the Authorization header is looked at. */
    private record Request(List<String> authorization) implements GuardRequest {
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
            return name.equals("Authorization") ? authorization : List.of();
        }
    }

    @Setup
    public void prepare() throws GeneralSecurityException {
        Tokens.choose(provider);
        Algorithm of = Algorithm.named(algorithm).orElseThrow();
        Tokens tokens = new Tokens(of);
        TrustedIssuer issuer =
                TrustedIssuer.of(Tokens.ISSUER).keys(JwkSet.of(tokens.key())).algorithms(of);
        guard = Guard.issuer(issuer).audience(Tokens.AUDIENCE).build();
        forgetful = Guard.issuer(issuer).audience(Tokens.AUDIENCE).cacheSize(2).build();
        requests = new Request[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            requests[i] = new Request(List.of("Bearer " + tokens.signed("token-" + i)));
        }
        bare = new Bare(of, Tokens.provider(), tokens.signed());
    }

    @Benchmark
    public Caller unseen() {
        next = (next + 1) % TOKENS;
        return forgetful.check(requests[next], ACCESS).caller().orElseThrow();
    }

    @Benchmark
    public Caller seenBefore() {
        next = (next + 1) % TOKENS;
        return guard.check(requests[next], ACCESS).caller().orElseThrow();
    }

    @Benchmark
    public boolean bareJca() throws GeneralSecurityException {
        return bare.verify();
    }
}
