package dev.latchkey.server.fault;

import dev.latchkey.server.fault.Operation.Kind;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Judges a history: whether what was acknowledged still counts, nobody was logged out, and nothing counted twice. A function
 * of the history alone; it knows nothing of how servers work, only what they promise.
 *
 * <p>What was not answered, or by 503, may have been done or not, and may be done later; neither is held against the server.
 */
final class HistoryChecker {
    /** Refusals that the rules know, for each kind; any other is an error that a client saw. */
    private static final Map<Kind, String> RULES = Map.of(
            Kind.REFRESH, "invalid_grant",
            Kind.REDEEM, "invalid_grant",
            Kind.INTROSPECT, "inactive",
            Kind.USERINFO, "invalid_token",
            Kind.AUTHORIZE, "login_required");

    /** Without an acknowledged write for so long, a service is away. */
    private static final long AWAY_MICROS = TimeUnit.SECONDS.toMicros(2);

    private final List<Finding> findings = new ArrayList<>();
    private final List<Operation> operations;

    private HistoryChecker(History history) {
        this.operations = history.operations().stream()
                .sorted(Comparator.comparingLong(Operation::invoked))
                .toList();
    }

    static Verdict judge(History history) {
        HistoryChecker checker = new HistoryChecker(history);
        checker.judgeSessions();
        checker.judgeCodes();
        checker.judgeBrowsers();
        checker.judgeAccessTokens();
        return new Verdict(
                List.copyOf(checker.findings),
                checker.errors(),
                checker.availability(history.marks()),
                checker.requests().size());
    }

    private List<Operation> requests() {
        return operations.stream()
                .filter(operation -> !operation.is(Kind.STORED))
                .toList();
    }

    private void judgeSessions() {
        Map<String, List<Operation>> redemptions = by(Kind.REDEEM);
        Map<String, List<Operation>> sessions = operations.stream()
                .filter(operation -> !operation.session().isEmpty())
                .collect(Collectors.groupingBy(Operation::session));
        for (List<Operation> session : sessions.values()) {
            boolean codeSentAgain = session.stream()
                    .filter(operation -> operation.is(Kind.REDEEM))
                    .anyMatch(operation ->
                            redemptions.get(operation.presented().of()).size() > 1);
            findings.addAll(new SessionHistory(session, codeSentAgain).judge());
        }
    }

    private void judgeCodes() {
        Set<String> givenOut = operations.stream()
                .filter(operation -> operation.is(Kind.AUTHORIZE))
                .flatMap(operation -> operation.outcome() instanceof Outcome.Acknowledged done
                        ? Stream.of(done.of())
                        : Stream.empty())
                .collect(Collectors.toSet());
        by(Kind.REDEEM).forEach((code, uses) -> {
            uses.stream()
                    .filter(use -> use.outcome().isAcknowledged())
                    .skip(1)
                    .forEach(use -> find(Finding.Kind.CODE_REDEEMED_TWICE, use));
            Operation first = uses.getFirst();
            boolean alone = uses.stream().skip(1).allMatch(first::precedes);
            if (givenOut.contains(code) && first.isRefused("invalid_grant") && alone) {
                find(Finding.Kind.CODE_LOST, first);
            }
        });
    }

    private void judgeBrowsers() {
        by(Kind.AUTHORIZE)
                .values()
                .forEach(visits -> visits.stream()
                        .filter(visit -> visit.isRefused("login_required"))
                        .filter(visit -> visits.stream()
                                .anyMatch(before -> before.outcome().isAcknowledged() && before.precedes(visit)))
                        .forEach(visit -> find(Finding.Kind.BROWSER_SIGNED_OUT, visit)));
    }

    private void judgeAccessTokens() {
        Set<String> seen = new HashSet<>();
        for (Operation operation : operations) {
            if (operation.isAcknowledgedWrite()
                    && operation.outcome() instanceof Outcome.Acknowledged done
                    && !done.jti().isEmpty()
                    && !seen.add(done.jti())) {
                find(Finding.Kind.ACCESS_TOKEN_TWICE, operation);
            }
        }
    }

    private Map<String, List<Operation>> by(Kind kind) {
        return operations.stream()
                .filter(operation -> operation.is(kind))
                .collect(
                        Collectors.groupingBy(operation -> operation.presented().of()));
    }

    private void find(Finding.Kind kind, Operation operation) {
        findings.add(new Finding(kind, operation));
    }

    private Map<String, Long> errors() {
        return requests().stream()
                .flatMap(operation -> error(operation).stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    private static Optional<String> error(Operation operation) {
        return switch (operation.outcome()) {
            case Outcome.Acknowledged _ -> Optional.empty();
            case Outcome.Unavailable _ -> Optional.of("503");
            case Outcome.Unknown unknown -> Optional.of("no answer (" + unknown.why() + ")");
            case Outcome.Broken broken -> Optional.of(broken.answer());
            case Outcome.Refused refused ->
                refused.error().equals(RULES.get(operation.kind()))
                        ? Optional.empty()
                        : Optional.of(operation.kind() + " " + refused.error());
        };
    }

    private Verdict.Availability availability(List<History.Mark> marks) {
        List<Operation> writes = operations.stream()
                .filter(Operation::isAcknowledgedWrite)
                .sorted(Comparator.comparingLong(Operation::completed))
                .toList();
        long fault = marks.isEmpty() ? Long.MAX_VALUE : marks.getFirst().at();
        long last = 0;
        long longestGap = 0;
        long longestAway = AWAY_MICROS - 1;
        Optional<Long> back = Optional.empty();
        Map<String, Long> backOf = new HashMap<>();
        for (Operation write : writes) {
            long gap = last == 0 ? 0 : write.completed() - last;
            longestGap = Math.max(longestGap, gap);
            last = write.completed();
            if (last >= fault && gap > longestAway) {
                longestAway = gap;
                back = Optional.of(last - fault);
            }
            if (write.invoked() >= fault) {
                backOf.putIfAbsent(write.client(), last - fault);
                back = back.or(() -> Optional.of(0L));
            }
        }
        return new Verdict.Availability(
                back.map(HistoryChecker::micros),
                backOf.values().stream().max(Comparator.naturalOrder()).map(HistoryChecker::micros),
                micros(longestGap));
    }

    private static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
