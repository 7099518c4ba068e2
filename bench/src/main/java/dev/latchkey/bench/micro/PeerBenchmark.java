package dev.latchkey.bench.micro;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.latchkey.token.Algorithm;
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
 * The tokens of {@link GuardBenchmark} verified by other libraries, with the same provider first in the process. None remembers
 * a token, so a new one and a repeated one cost the same.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method that sets it up
public class PeerBenchmark {
    private static final int TOKENS = 2048;

    /** Library and algorithm: those that there are. */
    @Param({
        "nimbus ES256",
        "nimbus RS256",
        "nimbus HS256",
        "spring ES256",
        "spring RS256",
        "spring HS256",
        "jjwt ES256",
        "jjwt RS256",
        "jjwt EdDSA",
        "jjwt HS256",
        "jose4j ES256",
        "jose4j RS256",
        "jose4j EdDSA",
        "jose4j HS256",
        "java-jwt ES256",
        "java-jwt RS256",
        "java-jwt HS256"
    })
    public String peer;

    @Param({"native", "jdk"})
    public String provider;

    private Peer verifier;
    private String[] tokens;
    private int next;

    @Setup
    public void prepare() throws Exception {
        Tokens.choose(provider);
        if (Tokens.provider() != null) {
            AmazonCorrettoCryptoProvider.install();
        }
        String[] words = peer.split(" ", -1);
        Tokens signer = new Tokens(Algorithm.named(words[1]).orElseThrow());
        verifier = Peer.named(words[0], signer);
        tokens = new String[TOKENS];
        for (int i = 0; i < TOKENS; i++) {
            tokens[i] = signer.signed("token-" + i);
        }
    }

    @Benchmark
    public Object verify() throws Exception {
        next = (next + 1) % TOKENS;
        return verifier.verify(tokens[next]);
    }
}
