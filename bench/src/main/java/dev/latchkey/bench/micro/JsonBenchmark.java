package dev.latchkey.bench.micro;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.latchkey.token.Json;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Strict reading and writing of the claims of an access token, beside the JSON of Nimbus. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class JsonBenchmark {
    private final Map<String, Object> claims = Tokens.claims();
    private final String text = Json.write(claims);
    private final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

    @Benchmark
    public Map<String, Object> readOurs() {
        return Json.parseObject(bytes);
    }

    @Benchmark
    public Map<String, Object> readNimbus() throws ParseException {
        return JSONObjectUtils.parse(new String(bytes, StandardCharsets.UTF_8));
    }

    @Benchmark
    public String writeOurs() {
        return Json.write(claims);
    }

    @Benchmark
    public String writeNimbus() {
        return JSONObjectUtils.toJSONString(claims);
    }
}
