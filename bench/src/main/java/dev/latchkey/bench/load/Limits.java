package dev.latchkey.bench.load;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.latchkey.server.password.Argon2Settings;
import dev.latchkey.server.password.HashQueue;
import dev.latchkey.server.password.HashQueueListener;
import dev.latchkey.server.password.HashQueueSettings;
import dev.latchkey.server.password.PasswordHasher;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What the cores can do of the one dear operation in a request, with nothing around it. */
final class Limits {
    /** About as many bytes as an access token has that are signed. */
    private static final int SIGNED_BYTES = 450;

    private final Duration warmUp;
    private final Duration measured;

    Limits(Duration warmUp, Duration measured) {
        this.warmUp = warmUp;
        this.measured = measured;
    }

    /** Something that a thread does again and again. */
    @FunctionalInterface
    interface Operation {
        void run() throws GeneralSecurityException;
    }

    /** Makes the operation of one thread. */
    @FunctionalInterface
    interface OperationSource {
        Operation make() throws GeneralSecurityException;
    }

    /** ES256 signatures a second, on all cores, by the native provider. */
    double signing() throws InterruptedException {
        return rate(Runtime.getRuntime().availableProcessors(), Limits::signature);
    }

    private static Operation signature() throws GeneralSecurityException {
        var provider = AmazonCorrettoCryptoProvider.INSTANCE;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", provider);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        PrivateKey key = generator.generateKeyPair().getPrivate();
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format", provider);
        signature.initSign(key);
        byte[] input = new byte[SIGNED_BYTES];
        return () -> {
            signature.update(input);
            signature.sign();
        };
    }

    /** Checks of an Argon2id hash at the default cost a second, on all cores. */
    double hashing() throws InterruptedException {
        int cores = Runtime.getRuntime().availableProcessors();
        Argon2Settings cost = Argon2Settings.RECOMMENDED;
        try (HashQueue queue =
                new HashQueue(HashQueueSettings.forMachine(cores, 1024 * 1024, cost), HashQueueListener.NONE)) {
            PasswordHasher hasher = new PasswordHasher(cost, queue, new SecureRandom());
            String hash = hasher.hash(Scenarios.PASSWORD);
            return rate(cores, () -> () -> hasher.verify(Scenarios.PASSWORD, hash));
        }
    }

    private double rate(int threads, OperationSource source) throws InterruptedException {
        List<Future<Long>> counts = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                counts.add(pool.submit(() -> count(source.make())));
            }
        }
        long total = 0;
        for (Future<Long> count : counts) {
            try {
                total += count.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return total * 1e9 / measured.toNanos();
    }

    private long count(Operation operation) throws GeneralSecurityException {
        long start = System.nanoTime() + warmUp.toNanos();
        while (System.nanoTime() < start) {
            operation.run();
        }
        long end = start + measured.toNanos();
        long count = 0;
        while (System.nanoTime() < end) {
            operation.run();
            count++;
        }
        return count;
    }
}
