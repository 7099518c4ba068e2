package dev.latchkey.bench.load;

import java.time.Duration;

/**
 * What one load came to.
 *
 * @param answers good ones, within the measured time
 * @param failures answers that were refusals or not what was asked for, also while warming up
 * @param elapsed the measured time
 * @param latencies of the good answers
 * @param serverCpu what the server's process used of the cores
 * @param generatorCpu what this process used of the cores
 */
public record Measured(
        long answers, long failures, Duration elapsed, Latencies latencies, Duration serverCpu, Duration generatorCpu) {
    public double perSecond() {
        return answers * 1e9 / elapsed.toNanos();
    }

    double serverMicros() {
        return serverCpu.toNanos() / 1e3 / Math.max(1, answers);
    }

    double generatorMicros() {
        return generatorCpu.toNanos() / 1e3 / Math.max(1, answers);
    }
}
