package dev.latchkey.guard;

import static org.assertj.core.api.Assertions.assertThat;

/** What a test expects of a decision. */
final class Outcome {
    private Outcome() {}

    static Caller admitted(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Admitted.class);
        return decision.caller().orElseThrow();
    }

    static RefusedAnswer refused(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        return ((Decision.Refused) decision).answer();
    }
}
