package dev.latchkey.server.session;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Any text is either a request for claims or none; what is kept of one asks for the same, and never for more. */
class RequestedClaimsFuzzTest {
    @FuzzTest
    void parse(byte[] data) {
        RequestedClaims.parse(new String(data, StandardCharsets.UTF_8)).ifPresent(RequestedClaimsFuzzTest::check);
    }

    private static void check(RequestedClaims claims) {
        RequestedClaims kept = RequestedClaims.ofText(claims.toText());
        isTheSame(claims.userInfoNames(), kept.userInfoNames());
        isTheSame(claims.idTokenNames(), kept.idTokenNames());
        RequestedClaims none = claims.only(_ -> false);
        if (!none.equals(RequestedClaims.NONE)) {
            throw new AssertionError("asked for although nothing is allowed: " + none);
        }
        isTheSame(claims.idTokenNames(), claims.only(_ -> true).idTokenNames());
    }

    private static void isTheSame(Set<String> asked, Set<String> kept) {
        if (!asked.equals(kept)) {
            throw new AssertionError(asked + " became " + kept);
        }
    }
}
