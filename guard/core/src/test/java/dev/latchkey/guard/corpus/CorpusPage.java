package dev.latchkey.guard.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The reference page of a run. */
final class CorpusPage {
    private static final Pattern VERSION = Pattern.compile("-(\\d[^/]*)\\.jar$");

    private final CorpusRun run;
    private final StringBuilder page = new StringBuilder();

    private CorpusPage(CorpusRun run) {
        this.run = run;
    }

    static String of(CorpusRun run) {
        CorpusPage page = new CorpusPage(run);
        page.introduction();
        page.summary();
        page.setUps();
        page.families();
        return page.page.toString();
    }

    private void introduction() {
        page.append("""
            # Good and bad access tokens

            %d tokens, each with the verdict that the specifications ask for, and what six libraries say of them, in one run of
            `TokenCorpusTest`, which writes this page and keeps it true. All are told to expect the same: an access token by
            RFC 9068 (type, issuer, audience, required claims), signed by a key of one key set with an asymmetric algorithm, at
            a time that stands still. Each is set up as strictly as its documentation recommends; where one has no check for
            an expectation, the line that its user would have to write is written for it (see [below](#how-they-are-set-up)).

            - **good**: the specifications call it valid.
            - **bad**: the specifications say that it is to be refused, or it is no token at all.
            - **left open**: the specifications leave it to whoever verifies, or forbid it only to those who make tokens.
              Latchkey refuses these; a library that accepts them breaks no rule.
            """.formatted(Corpus.ALL.size()));
    }

    private void summary() {
        page.append("\n## The verdicts\n\n");
        row(cells("", this::title));
        row(cells("---", judge -> "---:"));
        summaryRow("good, accepted", Expected.GOOD, Verdict::accepted);
        summaryRow("good, refused", Expected.GOOD, verdict -> !verdict.accepted());
        summaryRow("**bad, accepted**", Expected.BAD, Verdict::accepted);
        summaryRow("bad, refused", Expected.BAD, verdict -> !verdict.accepted());
        summaryRow("left open, accepted", Expected.OPEN, Verdict::accepted);
        summaryRow("left open, refused", Expected.OPEN, verdict -> !verdict.accepted());
        row(cells(
                "exceptions that it does not document",
                judge -> count(run.cases(
                                judge,
                                token -> true,
                                verdict -> !verdict.failure().isEmpty())
                        .size())));
        row(cells(
                "not judged, for want of the algorithm",
                judge -> count(Corpus.ALL.size()
                        - run.cases(judge, token -> true, verdict -> true).size())));
        page.append("\nA refusal by an exception that is not documented counts as a refusal above.\n");
    }

    private void summaryRow(String name, Expected expected, java.util.function.Predicate<Verdict> how) {
        row(cells(
                name,
                judge -> count(run.cases(judge, token -> token.expected() == expected, how)
                        .size())));
    }

    private void setUps() {
        page.append("\n## How they are set up\n\n");
        for (Judge judge : run.judges()) {
            page.append("- **")
                    .append(title(judge))
                    .append("**: ")
                    .append(judge.setUp())
                    .append('\n');
        }
    }

    private void families() {
        page.append("""

            ## The tokens

            An empty cell is the expected verdict; – is an algorithm that the library has not.
            """);
        String family = "";
        for (Case token : Corpus.ALL) {
            if (!token.family().equals(family)) {
                family = token.family();
                page.append("\n### ").append(family).append("\n\n");
                List<String> head = new ArrayList<>(List.of("token", "expected", "because"));
                List<String> rule = new ArrayList<>(List.of("---", "---", "---"));
                run.judges().forEach(judge -> {
                    head.add(judge.name());
                    rule.add("---");
                });
                row(head);
                row(rule);
            }
            List<String> cells =
                    new ArrayList<>(List.of(name(token), token.expected().text(), token.why()));
            run.judges().forEach(judge -> cells.add(run.deviation(token, judge)));
            row(cells);
        }
    }

    private static String name(Case token) {
        return token.name()
                .replace("|", "\\|")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("_", "\\_");
    }

    private List<String> cells(String first, java.util.function.Function<Judge, String> cell) {
        List<String> cells = new ArrayList<>(List.of(first));
        run.judges().forEach(judge -> cells.add(cell.apply(judge)));
        return cells;
    }

    private void row(List<String> cells) {
        page.append('|');
        for (String cell : cells) {
            page.append(cell.isEmpty() ? " " : ' ' + cell + ' ').append('|');
        }
        page.append('\n');
    }

    private static String count(int number) {
        return String.valueOf(number);
    }

    private String title(Judge judge) {
        Matcher version = VERSION.matcher(judge.origin()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return judge.name() + (version.find() && !judge.name().startsWith("Latchkey") ? ' ' + version.group(1) : "");
    }
}
