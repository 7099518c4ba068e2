package dev.latchkey.server.sql;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteUpgradeTest extends UpgradeContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    Database open(Migrations migrations) {
        SqliteSettings settings =
                SqliteSettings.of(folder.resolve("latchkey.db")).withoutDurability();
        return SqliteDatabase.open(settings, migrations, StoreListener.NONE, () -> {});
    }
}
