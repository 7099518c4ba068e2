package dev.latchkey.bench.micro;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.Jwk;
import dev.latchkey.token.Jwt;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Map;
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

/** A token made of its claims and signed: our library, Nimbus, and the bare signature, all on the same provider. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // JMH calls the method that sets it up
public class SignBenchmark {
    @Param({"ES256", "RS256", "HS256"})
    public String algorithm;

    @Param({"native", "jdk"})
    public String provider;

    private Map<String, Object> claims;
    private Jwk key;
    private JWSHeader nimbusHeader;
    private JWSSigner nimbusSigner;
    private Bare bare;

    @Setup
    public void prepare() throws JOSEException, ParseException, GeneralSecurityException {
        Tokens.choose(provider);
        Algorithm of = Algorithm.named(algorithm).orElseThrow();
        Tokens tokens = new Tokens(of);
        claims = Tokens.claims();
        key = tokens.key();
        nimbusHeader = tokens.nimbusHeader();
        nimbusSigner = tokens.nimbusSigner();
        bare = new Bare(of, Tokens.provider(), tokens.signed());
    }

    @Benchmark
    public String latchkey() {
        return Jwt.create().type("at+jwt").claims(claims).sign(key);
    }

    @Benchmark
    public String nimbus() throws JOSEException, ParseException {
        SignedJWT token = new SignedJWT(nimbusHeader, JWTClaimsSet.parse(claims));
        token.sign(nimbusSigner);
        return token.serialize();
    }

    @Benchmark
    public byte[] bareJca() throws GeneralSecurityException {
        return bare.sign();
    }
}
