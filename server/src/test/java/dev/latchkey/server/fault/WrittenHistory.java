package dev.latchkey.server.fault;

import dev.latchkey.server.fault.Operation.Kind;
import dev.latchkey.server.fault.Operation.Presented;
import java.util.ArrayList;
import java.util.List;

/** A history made by hand: each operation begins after the one before has ended, unless it is told to overlap. */
final class WrittenHistory {
    private static final long STEP = 10;

    private final List<Operation> operations = new ArrayList<>();
    private final List<History.Mark> marks = new ArrayList<>();
    private long now;
    private boolean overlaps;
    private String client = "client";

    WrittenHistory by(String name) {
        client = name;
        return this;
    }

    /** The next operation begins as the one before has begun. */
    WrittenHistory meanwhile() {
        overlaps = true;
        return this;
    }

    WrittenHistory pass(long micros) {
        now += micros;
        return this;
    }

    WrittenHistory fault(String what) {
        marks.add(new History.Mark(what, now));
        now++;
        return this;
    }

    WrittenHistory does(Kind kind, String of, long generation, Outcome outcome) {
        long invoked = overlaps ? operations.getLast().invoked() : now + 1;
        overlaps = false;
        now = Math.max(now, invoked + STEP);
        operations.add(new Operation(client, kind, new Presented(of, generation), invoked, now, outcome));
        return this;
    }

    WrittenHistory login(String session) {
        return does(Kind.LOGIN, "", 0, acknowledged(session, 0));
    }

    WrittenHistory refreshed(String session, long generation) {
        return does(Kind.REFRESH, session, generation, acknowledged(session, generation + 1));
    }

    WrittenHistory refresh(String session, long generation, Outcome outcome) {
        return does(Kind.REFRESH, session, generation, outcome);
    }

    WrittenHistory revoked(String session) {
        return does(Kind.REVOKE, session, 0, acknowledged("", 0));
    }

    Verdict verdict() {
        return HistoryChecker.judge(history());
    }

    History history() {
        return new History(operations, marks);
    }

    static Outcome acknowledged(String of, long generation) {
        return new Outcome.Acknowledged(of, generation, "");
    }

    static Outcome refused(String error) {
        return new Outcome.Refused(error);
    }
}
