package dev.latchkey.server.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header that tells which languages somebody reads (RFC 9110 §12.5.4). What is not spelled as it should is left out. */
final class AcceptLanguage {
    /** Browsers send a handful; nobody needs more. */
    private static final int MAX_LENGTH = 1000;

    private static final int MAX_RANGES = 20;

    private static final String TAG = "([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,7}|\\*)";
    private static final String WEIGHT = "(?:;[ \\t]*[qQ]=([01](?:\\.\\d{0,3})?)[ \\t]*)?";
    private static final Pattern RANGE = Pattern.compile("[ \\t]*" + TAG + "[ \\t]*" + WEIGHT);

    private AcceptLanguage() {}

    private record Weighted(String range, double weight) {}

    /** The language ranges, the most wanted first; those of weight 0 are not wanted at all. */
    static List<String> parse(String header) {
        if (header.length() > MAX_LENGTH) {
            return List.of();
        }
        List<Weighted> ranges = new ArrayList<>();
        for (String element : header.split(",", MAX_RANGES + 1)) {
            Matcher matcher = RANGE.matcher(element);
            if (ranges.size() < MAX_RANGES && matcher.matches()) {
                String quality = matcher.group(2);
                double weight = quality == null ? 1 : Math.min(1, Double.parseDouble(quality));
                if (weight > 0) {
                    ranges.add(new Weighted(matcher.group(1), weight));
                }
            }
        }
        // stable, so the order counts where weights do not
        ranges.sort(Comparator.comparingDouble(Weighted::weight).reversed());
        return ranges.stream().map(Weighted::range).toList();
    }
}
