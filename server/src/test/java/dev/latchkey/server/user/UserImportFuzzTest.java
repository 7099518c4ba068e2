package dev.latchkey.server.user;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.StringReader;
import java.util.stream.Stream;

/** Whatever a file of users holds, each row is taken or refused, in the order of its lines. */
class UserImportFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void readsAnyCsv(FuzzedDataProvider data) {
        check(UserImport.csv(new StringReader(data.consumeRemainingAsString())));
    }

    @FuzzTest(maxDuration = "30s")
    void readsAnyJsonLines(FuzzedDataProvider data) {
        check(UserImport.jsonLines(new StringReader(data.consumeRemainingAsString())));
    }

    private static void check(Stream<UserImportRow> rows) {
        long[] last = {0};
        rows.forEachOrdered(row -> {
            if (row.line() <= last[0]) {
                throw new AssertionError("line " + row.line() + " comes after line " + last[0]);
            }
            last[0] = row.line();
        });
    }
}
