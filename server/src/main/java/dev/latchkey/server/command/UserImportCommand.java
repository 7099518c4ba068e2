package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.user.ImportedUser;
import dev.latchkey.server.user.User;
import dev.latchkey.server.user.UserImport;
import dev.latchkey.server.user.UserImportRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** {@code user import}: adds the users of a file with their hashes; those that are there already are left alone. */
final class UserImportCommand extends StoreCommand {
    /** Users that are stored together: few enough not to hold up a running server. */
    private static final int BATCH = 200;

    UserImportCommand(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec(
                        "import",
                        "Adds the users of a file, with password hashes of other systems. Rows that are wrong are told"
                                + " and skipped.")
                .option("--format", "FORMAT", "csv or jsonl; told by the file's name unless given.")
                .positional("FILE", "CSV with a header, or a JSON object a line.");
    }

    @Override
    int run(Call call, Backend.Administration store) throws IOException {
        String name = call.arguments().positional();
        boolean csv = isCsv(call.arguments(), name);
        Count count = new Count();
        try (BufferedReader file = Files.newBufferedReader(Path.of(name));
                Stream<UserImportRow> rows = csv ? UserImport.csv(file) : UserImport.jsonLines(file)) {
            List<UserImportRow.Accepted> batch = new ArrayList<>();
            rows.forEachOrdered(row -> {
                switch (row) {
                    case UserImportRow.Accepted accepted -> batch.add(accepted);
                    case UserImportRow.Refused refused -> {
                        count.refused++;
                        tell(call, name, refused.line(), refused.reason());
                    }
                }
                if (batch.size() == BATCH) {
                    store(call, store, name, batch, count);
                }
            });
            store(call, store, name, batch, count);
        } catch (NoSuchFileException e) {
            throw CommandException.refused("there is no file " + name);
        }
        call.say("added " + count.added + ", refused " + count.refused);
        return count.refused == 0 ? OK : REFUSED;
    }

    private static final class Count {
        private int added;
        private int refused;
    }

    private static boolean isCsv(Arguments arguments, String name) {
        return switch (arguments.text("--format", name.toLowerCase(Locale.ROOT).endsWith(".csv") ? "csv" : "jsonl")) {
            case "csv" -> true;
            case "jsonl" -> false;
            default -> throw CommandException.usage("--format is csv or jsonl");
        };
    }

    private static void store(
            Call call, Backend.Administration store, String name, List<UserImportRow.Accepted> batch, Count count) {
        List<User> users = batch.stream().map(row -> user(call, row.user())).toList();
        List<Boolean> added = store.unitOfWork()
                .run(transaction -> users.stream()
                        .map(user -> insert(store, transaction, user))
                        .toList());
        for (int i = 0; i < added.size(); i++) {
            if (added.get(i)) {
                count.added++;
            } else {
                count.refused++;
                tell(call, name, batch.get(i).line(), "a user with this name or sub is there already");
            }
        }
        batch.clear();
    }

    private static boolean insert(Backend.Administration store, Transaction transaction, User user) {
        boolean inserted = store.users().insert(transaction, user);
        if (inserted) {
            store.record(transaction, event(AuditEvent.Type.USER_CREATE, user));
        }
        return inserted;
    }

    private static User user(Call call, ImportedUser row) {
        return new User(
                row.id().orElseGet(() -> User.newId(call.terminal().random())),
                row.username(),
                row.claims(),
                row.roles(),
                row.passwordHash(),
                1,
                row.disabled(),
                Origin.COMMAND,
                call.terminal().clock().instant());
    }

    private static void tell(Call call, String name, long line, String reason) {
        call.terminal().err().println(name + ":" + line + ": " + reason);
    }
}
