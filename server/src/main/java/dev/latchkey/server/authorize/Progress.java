package dev.latchkey.server.authorize;

import dev.latchkey.server.browser.Browser;
import dev.latchkey.server.http.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a browser has come with a request: since when it is at it, so that a login, a choice or a consent after that
 * satisfies what the request asks for and an older one does not; and what the user wants next. It travels in the address,
 * sealed for this browser and this request. Immutable.
 *
 * @param begun when the first page for the request was shown
 * @param ask what the user chose to be asked, whatever the request needs
 */
record Progress(Instant begun, Ask ask) {
    /** The parameter it travels in. */
    static final String PARAMETER = "latchkey_progress";

    private static final Duration LIFETIME = Duration.ofMinutes(30);
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,14})\\.([a-z]{1,10})\\.([A-Za-z0-9_-]{43})");

    /** What the user wants to be asked. */
    enum Ask {
        NOTHING,
        LOGIN,
        ACCOUNT;

        private static Optional<Ask> named(String word) {
            return Optional.of(word)
                    .map(text -> text.toUpperCase(Locale.ROOT))
                    .filter(text -> text.equals("NOTHING") || text.equals("LOGIN") || text.equals("ACCOUNT"))
                    .map(Ask::valueOf);
        }
    }

    /** The progress that a browser brings; empty at its first page, and for what is not sealed for it or too old. */
    static Optional<Progress> read(String text, Browser browser, Parameters request, Instant now) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Instant begun = Instant.ofEpochMilli(Long.parseLong(matcher.group(1)));
        return Ask.named(matcher.group(2))
                .map(ask -> new Progress(begun, ask))
                .filter(progress -> browser.proves(matcher.group(3), progress.purpose(request)))
                .filter(progress -> now.isBefore(begun.plus(LIFETIME)));
    }

    /** The progress as text, for this browser and this request. */
    String seal(Browser browser, Parameters request) {
        return begun.toEpochMilli() + "." + ask.name().toLowerCase(Locale.ROOT) + "." + browser.token(purpose(request));
    }

    private String purpose(Parameters request) {
        return "progress\n" + begun.toEpochMilli() + "\n" + ask + "\n" + request.toForm();
    }

    Progress asking(Ask next) {
        return new Progress(begun, next);
    }

    /** Whether something that happened at the instant happened for this request. */
    boolean covers(Instant instant) {
        return !instant.isBefore(begun);
    }
}
