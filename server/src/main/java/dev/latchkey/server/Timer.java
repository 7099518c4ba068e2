package dev.latchkey.server;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs what has to be done now and then, on one thread. A task that fails is logged and runs again at its next time. */
final class Timer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Timer.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ScheduledExecutorService executor;
    private final List<Runnable> tasks = new CopyOnWriteArrayList<>();

    Timer() {
        this("latchkey-timer");
    }

    /** @param name of its thread */
    Timer(String name) {
        this.executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    void every(Duration period, String name, Runnable task) {
        tasks.add(() -> run(name, task));
        var _ = executor.scheduleWithFixedDelay(
                () -> run(name, task), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Runs every task once, on the same thread as always, and waits for that. */
    void runAll() {
        try {
            executor.submit(() -> tasks.forEach(Runnable::run)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String name, Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            LOG.log(Level.WARNING, "the task " + name + " failed and will run again", e);
        }
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
