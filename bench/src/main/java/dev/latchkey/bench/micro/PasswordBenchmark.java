package dev.latchkey.bench.micro;

import dev.latchkey.server.password.Argon2Settings;
import dev.latchkey.server.password.HashQueue;
import dev.latchkey.server.password.HashQueueListener;
import dev.latchkey.server.password.HashQueueSettings;
import dev.latchkey.server.password.PasswordHasher;
import dev.latchkey.server.password.PasswordVerdict;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One check of a password at the default cost: as the server does it, and by the Java code that is its fall-back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class PasswordBenchmark {
    private static final String PASSWORD = "correct horse battery staple";

    private final Argon2Settings cost = Argon2Settings.RECOMMENDED;
    private final HashQueue queue =
            new HashQueue(HashQueueSettings.forMachine(1, 256 * 1024, cost), HashQueueListener.NONE);
    private final PasswordHasher hasher = new PasswordHasher(cost, queue, new SecureRandom());
    private final String hash = hasher.hash(PASSWORD);

    @Benchmark
    public PasswordVerdict asTheServerDoesIt() {
        return hasher.verify(PASSWORD, hash);
    }

    @Benchmark
    public byte[] inJava() {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withMemoryAsKB(cost.memoryKib())
                .withIterations(cost.iterations())
                .withParallelism(cost.parallelism())
                .withSalt(new byte[16])
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(PASSWORD.getBytes(StandardCharsets.UTF_8), tag);
        return tag;
    }

    @TearDown
    public void close() {
        queue.close();
    }
}
