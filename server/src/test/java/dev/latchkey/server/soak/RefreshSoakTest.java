package dev.latchkey.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short soak in every build; the long one, 10 000 rotations and 20 kills, is {@code mvn -Psoak verify}. */
class RefreshSoakTest {
    @TempDir
    Path folder;

    @Test
    void killsLogNobodyOut() throws Exception {
        RefreshSoak.Plan plan = new RefreshSoak.Plan(
                Long.getLong("latchkey.soak.rotations", 500),
                Integer.getInteger("latchkey.soak.kills", 2),
                Integer.getInteger("latchkey.soak.kills-at-start", 0),
                Integer.getInteger("latchkey.soak.clients", 8),
                Long.getLong("latchkey.soak.seed", 20_260_601));
        Tally tally = RefreshSoak.run(plan, folder, System.out);
        assertThat(tally.rotations.get()).isGreaterThanOrEqualTo(plan.rotations());
        assertThat(tally.replaysRefused.get()).isEqualTo(plan.clients());
    }
}
