package dev.latchkey.server.fault;

import dev.latchkey.server.fault.Operation.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All operations about one session, and what is wrong with them. */
final class SessionHistory {
    private final List<Operation> operations;
    private final boolean codeSentAgain;

    /**
     * The history of a session.
     *
     * @param operations in the order in which they were invoked
     * @param codeSentAgain whether the code that it came from was sent more than once, which may end it (RFC 6749 §4.1.2)
     */
    SessionHistory(List<Operation> operations, boolean codeSentAgain) {
        this.operations = operations;
        this.codeSentAgain = codeSentAgain;
    }

    List<Finding> judge() {
        return operations.stream()
                .flatMap(operation -> judge(operation).map(kind -> new Finding(kind, operation)).stream())
                .toList();
    }

    private Optional<Finding.Kind> judge(Operation operation) {
        return switch (operation.kind()) {
            case REFRESH -> refresh(operation);
            case INTROSPECT, USERINFO -> accessToken(operation);
            case STORED -> stored(operation);
            case LOGIN, AUTHORIZE, REDEEM, REVOKE -> Optional.empty();
        };
    }

    private Optional<Finding.Kind> refresh(Operation refresh) {
        if (refresh.outcome() instanceof Outcome.Acknowledged next) {
            if (!next.of().equals(refresh.presented().of())
                    || next.generation() != refresh.presented().generation() + 1) {
                return Optional.of(Finding.Kind.SECOND_CHAIN);
            }
            if (isReplay(refresh)) {
                return Optional.of(Finding.Kind.REPLAY_TAKEN);
            }
            return hasEndedBefore(refresh) ? Optional.of(Finding.Kind.ENDED_SESSION_TAKEN) : Optional.empty();
        }
        return refresh.isRefused("invalid_grant") && !isReplay(refresh) && !mayHaveEndedBefore(refresh)
                ? Optional.of(Finding.Kind.REFRESH_TOKEN_REFUSED)
                : Optional.empty();
    }

    private Optional<Finding.Kind> accessToken(Operation use) {
        if (use.outcome().isAcknowledged()) {
            return hasEndedBefore(use) ? Optional.of(Finding.Kind.ENDED_SESSION_TAKEN) : Optional.empty();
        }
        boolean refused = use.isRefused("inactive") || use.isRefused("invalid_token");
        return refused && !mayHaveEndedBefore(use) ? Optional.of(Finding.Kind.ACCESS_TOKEN_REFUSED) : Optional.empty();
    }

    private Optional<Finding.Kind> stored(Operation look) {
        if (look.isRefused("missing")) {
            return Optional.of(Finding.Kind.LOGIN_LOST);
        }
        if (look.isRefused("revoked")) {
            return mayHaveEndedBefore(look) ? Optional.empty() : Optional.of(Finding.Kind.SESSION_ENDED);
        }
        if (!(look.outcome() instanceof Outcome.Acknowledged found)) {
            return Optional.empty();
        }
        if (hasEndedBefore(look)) {
            return Optional.of(Finding.Kind.REVOCATION_LOST);
        }
        boolean behind = before(look)
                .anyMatch(operation -> operation.outcome() instanceof Outcome.Acknowledged told
                        && told.of().equals(look.presented().of())
                        && told.generation() > found.generation());
        return behind ? Optional.of(Finding.Kind.ROTATION_LOST) : Optional.empty();
    }

    /** Whether the successor of what is presented had been used, and the client had been told. */
    private boolean isReplay(Operation refresh) {
        return before(refresh)
                .filter(operation ->
                        operation.is(Kind.REFRESH) && operation.outcome().isAcknowledged())
                .anyMatch(other ->
                        other.presented().generation() > refresh.presented().generation());
    }

    /** Whether its end had been acknowledged: a revocation, or the refusal of a replay. */
    private boolean hasEndedBefore(Operation operation) {
        return before(operation).anyMatch(other -> switch (other.kind()) {
            case REVOKE -> other.outcome().isAcknowledged();
            case REFRESH -> other.isRefused("invalid_grant") && isReplay(other);
            case LOGIN, AUTHORIZE, REDEEM, INTROSPECT, USERINFO, STORED -> false;
        });
    }

    /** Whether the client itself may have ended it: it has asked for a revocation, has replayed a token or its code. */
    private boolean mayHaveEndedBefore(Operation operation) {
        Predicate<Operation> ends = other -> other.is(Kind.REVOKE) || (other.is(Kind.REFRESH) && isReplay(other));
        return codeSentAgain
                || operations.stream().filter(ends).anyMatch(other -> other.invoked() <= operation.completed());
    }

    private Stream<Operation> before(Operation operation) {
        return operations.stream().filter(other -> other.precedes(operation));
    }
}
