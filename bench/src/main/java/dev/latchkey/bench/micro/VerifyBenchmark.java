package dev.latchkey.bench.micro;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.security.GeneralSecurityException;
import java.text.ParseException;
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

/** A token parsed, verified and its claims read: our library with all its expectations, Nimbus with the signature alone, and the
 * bare signature check, all on the same provider. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method that sets it up
public class VerifyBenchmark {
    @Param({"ES256", "RS256", "HS256"})
    public String algorithm;

    @Param({"native", "jdk"})
    public String provider;

    private String token;
    private Verifier verifier;
    private JWSVerifier nimbusVerifier;
    private Bare bare;

    @Setup
    public void prepare() throws JOSEException, ParseException, GeneralSecurityException {
        Tokens.choose(provider);
        Algorithm of = Algorithm.named(algorithm).orElseThrow();
        Tokens tokens = new Tokens(of);
        token = tokens.signed();
        verifier = tokens.verifier();
        nimbusVerifier = tokens.nimbusVerifier();
        bare = new Bare(of, Tokens.provider(), token);
    }

    @Benchmark
    public VerifiedToken latchkey() {
        return verifier.verify(token);
    }

    @Benchmark
    public JWTClaimsSet nimbus() throws JOSEException, ParseException {
        SignedJWT parsed = SignedJWT.parse(token);
        if (!parsed.verify(nimbusVerifier)) {
            throw new IllegalStateException("refused");
        }
        return parsed.getJWTClaimsSet();
    }

    @Benchmark
    public boolean bareJca() throws GeneralSecurityException {
        return bare.verify();
    }
}
