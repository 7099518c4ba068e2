package dev.latchkey.guard.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Every token shown to every judge that has its algorithm. */
final class CorpusRun {
    private final List<Judge> judges;
    private final Map<Case, Map<Judge, Verdict>> verdicts = new LinkedHashMap<>();

    CorpusRun(List<Judge> judges) {
        this.judges = judges;
        for (Case each : Corpus.ALL) {
            Map<Judge, Verdict> ofCase = new LinkedHashMap<>();
            for (Judge judge : judges) {
                if (judge.algorithms().contains(each.algorithm())) {
                    ofCase.put(judge, Verdict.of(judge, each.token()));
                }
            }
            verdicts.put(each, ofCase);
        }
    }

    List<Judge> judges() {
        return judges;
    }

    /** What is to be said of it in a table: nothing if it is right. */
    String deviation(Case token, Judge judge) {
        Verdict verdict = Objects.requireNonNull(verdicts.get(token)).get(judge);
        if (verdict == null) {
            return "–";
        }
        if (!verdict.failure().isEmpty()) {
            return '`' + verdict.failure() + '`';
        }
        if (verdict.isRight(token.expected())) {
            return "";
        }
        return verdict.accepted() ? "accepts" : "refuses";
    }

    /** The cases that this judge can judge, and of which this holds. */
    List<Case> cases(Judge judge, Predicate<Case> which, Predicate<Verdict> how) {
        List<Case> found = new ArrayList<>();
        verdicts.forEach((token, ofCase) -> {
            Verdict verdict = ofCase.get(judge);
            if (verdict != null && which.test(token) && how.test(verdict)) {
                found.add(token);
            }
        });
        return found;
    }
}
