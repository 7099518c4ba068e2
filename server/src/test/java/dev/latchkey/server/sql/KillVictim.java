package dev.latchkey.server.sql;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Commits notes in pairs, says so on standard output only when it was answered, and goes on until it is killed. */
final class KillVictim {
    private static final int CALLERS = 32;

    private KillVictim() {}

    public static void main(String[] arguments) {
        String round = arguments[1];
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        SqliteDatabase database = SqliteDatabase.open(
                SqliteSettings.of(Path.of(arguments[0])), UnitOfWorkContract.ONE_TABLE, StoreListener.NONE, () -> {});
        AtomicLong next = new AtomicLong();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLERS; i++) {
                executor.execute(() -> {
                    while (true) {
                        String name = round + "-" + next.incrementAndGet();
                        database.run(tx -> {
                            UnitOfWorkContract.write(database, tx, name + "-left");
                            return UnitOfWorkContract.write(database, tx, name + "-right");
                        });
                        out.println(name);
                    }
                });
            }
        }
    }
}
