package dev.latchkey.server.page;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a User-Agent header says of browser and system, for people to know their own again. A guess, and nothing depends on it.
 *
 * @param browser as "Firefox"
 * @param system as "Linux"
 */
record Device(Optional<String> browser, Optional<String> system) {
    /** What the header contains, and the name; whoever pretends to be another comes before the one it pretends to be. */
    private static final String[][] BROWSERS = {
        {"Edg", "Edge"},
        {"OPR/", "Opera"},
        {"Vivaldi", "Vivaldi"},
        {"SamsungBrowser", "Samsung Internet"},
        {"Firefox/", "Firefox"},
        {"FxiOS", "Firefox"},
        {"CriOS", "Chrome"},
        {"Chromium", "Chromium"},
        {"Chrome/", "Chrome"},
        {"Safari/", "Safari"},
        {"curl/", "curl"},
    };

    private static final String[][] SYSTEMS = {
        {"iPhone", "iPhone"},
        {"iPad", "iPad"},
        {"Android", "Android"},
        {"CrOS", "ChromeOS"},
        {"Windows", "Windows"},
        {"Mac OS X", "macOS"},
        {"Linux", "Linux"},
    };

    static Device of(String userAgent) {
        return new Device(find(BROWSERS, userAgent), find(SYSTEMS, userAgent));
    }

    private static Optional<String> find(String[][] names, String userAgent) {
        return Arrays.stream(names)
                .filter(name -> userAgent.contains(name[0]))
                .map(name -> name[1])
                .findFirst();
    }

    String in(Language language) {
        if (browser.isPresent() && system.isPresent()) {
            return language.text("device.both", browser.get(), system.get());
        }
        return browser.or(() -> system).orElseGet(() -> language.text("device.unknown"));
    }
}
