package dev.latchkey.server.sql;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The migrations of this version, and which of them a store has had. */
public final class Schema {
    private final Migrations migrations;

    public Schema(InstantSource clock) {
        this.migrations = Migrations.ofThisVersion(clock);
    }

    /**
     * A migration.
     *
     * @param name {@code 0001-what-it-does}
     * @param contracts whether it takes something away
     */
    public record Step(String name, boolean applied, boolean contracts) {}

    /**
     * All of them, in order. Changes nothing.
     *
     * @throws IncompatibleStoreException when it is no store of this version
     */
    public List<Step> steps(StoreSettings settings) {
        return StoreView.read(settings.patient(), sql -> steps(migrations.pending(sql)))
                .orElseGet(() -> steps(migrations.scripts()));
    }

    private List<Step> steps(List<Migrations.Script> pending) {
        Set<Migrations.Script> missing = new HashSet<>(pending);
        return migrations.scripts().stream()
                .map(script ->
                        new Step(script.name().replace(".sql", ""), !missing.contains(script), !script.expands()))
                .toList();
    }

    /** Takes away what older versions needed; what was missing has been added by the opening. */
    public void contract(Database database) {
        database.run(transaction -> {
            migrations.applyAll(database.in(transaction));
            return true;
        });
    }
}
