package dev.latchkey.guard.corpus;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a judge said.
 *
 * @param failure what it threw although it documents another exception for refusals; empty if it did not
 */
record Verdict(boolean accepted, String failure) {
    private static final int STACK_BYTES = 1 << 20;
    private static final int PATIENCE_SECONDS = 60;

    /** On a thread with a stack of the usual size, whatever the test's own has left. */
    static Verdict of(Judge judge, String token) {
        Callable<Verdict> judging = () -> {
            try {
                return new Verdict(judge.accepts(token), "");
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                return new Verdict(false, e.getClass().getSimpleName());
            }
        };
        FutureTask<Verdict> task = new FutureTask<>(judging);
        Thread thread = new Thread(null, task, "judge", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return new Verdict(false, "no answer");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Whether it is what was expected. */
    boolean isRight(Expected expected) {
        return failure.isEmpty() && accepted == (expected == Expected.GOOD);
    }
}
