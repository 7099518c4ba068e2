package dev.latchkey.server.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;

class SqliteUnitOfWorkTest extends UnitOfWorkContract {
    @TempDir
    Path folder;

    @Override
    Database open(Duration patience) throws IOException {
        Path file = Files.createTempDirectory(folder, "db").resolve("latchkey.db");
        SqliteSettings settings = SqliteSettings.of(file).withPatience(patience, Duration.ofSeconds(60));
        return SqliteDatabase.open(settings, ONE_TABLE, StoreListener.NONE, () -> {});
    }
}
