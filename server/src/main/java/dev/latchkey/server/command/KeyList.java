package dev.latchkey.server.command;

import java.time.Instant;
import java.util.Locale;

/** {@code key list}: names and times, never a key. */
final class KeyList extends StoreCommand {
    KeyList(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("list", "Lists the keys.").flag(Table.JSON, "Prints JSON: a list of objects.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        Instant now = call.terminal().clock().instant();
        Table table = new Table("kid", "use", "alg", "created", "signs_from", "signs_already");
        store.storedKeys()
                .list()
                .forEach(key -> table.add(
                        key.keyId(),
                        key.purpose().name().toLowerCase(Locale.ROOT),
                        key.algorithm(),
                        key.createdAt().toString(),
                        key.signsFrom().toString(),
                        !now.isBefore(key.signsFrom())));
        table.print(call.arguments(), call.terminal());
        return OK;
    }
}
