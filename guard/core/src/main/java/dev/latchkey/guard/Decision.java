package dev.latchkey.guard;

import java.util.Optional;

/** What a {@link Guard} makes of a request: let it in with its caller, let it in without one, or refuse it. */
public sealed interface Decision {
    /** Who calls; empty unless {@link Admitted}. */
    default Optional<Caller> caller() {
        return Optional.empty();
    }

    /** The request's credentials are right and suffice. */
    record Admitted(Caller who) implements Decision {
        @Override
        public Optional<Caller> caller() {
            return Optional.of(who);
        }
    }

    /** The request has no credentials, and the route asks for none ({@link Access#optional()}). */
    record Anonymous() implements Decision {}

    /** The request is not to be served. Send the {@link Refused#answer()} as it is. */
    record Refused(RefusedAnswer answer) implements Decision {}
}
