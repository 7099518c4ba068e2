package dev.latchkey.server.page;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one colour of the pages, in two shades that can be read on the light and on the dark card. Whatever colour an operator
 * names, text in it or on it has a contrast of 4.5 to 1 at least (WCAG 2.2 §1.4.3).
 *
 * @param light for the light card, as {@code #rrggbb}
 * @param dark for the dark card
 */
public record Accent(String light, String dark) {
    private static final Pattern HEX = Pattern.compile("#[0-9a-fA-F]{6}");

    /** The colour of Latchkey itself. */
    public static final Accent LATCHKEY = new Accent("#0f766e", "#4fd1c0");

    static final String LIGHT_CARD = "#ffffff";
    static final String DARK_CARD = "#24292d";
    static final String INK = "#10181f";
    private static final double READABLE = 4.5;
    private static final int STEPS = 40;

    public Accent {
        if (!HEX.matcher(light).matches() || !HEX.matcher(dark).matches()) {
            throw new IllegalArgumentException("not a colour");
        }
    }

    /** The shades of a colour that is written as {@code #rrggbb}. */
    public static Optional<Accent> parse(String colour) {
        if (!HEX.matcher(colour).matches()) {
            return Optional.empty();
        }
        String hex = colour.toLowerCase(Locale.ROOT);
        return Optional.of(new Accent(towards("#000000", hex, LIGHT_CARD), towards("#ffffff", hex, DARK_CARD)));
    }

    /** White or ink, whichever can be read on the colour; one of them always can. */
    static String textOn(String colour) {
        return contrast("#ffffff", colour) >= READABLE ? "#ffffff" : INK;
    }

    private static String towards(String end, String colour, String card) {
        for (int step = 0; step <= STEPS; step++) {
            String mixed = mix(colour, end, step / (double) STEPS);
            if (contrast(mixed, card) >= READABLE && contrast(textOn(mixed), mixed) >= READABLE) {
                return mixed;
            }
        }
        return end;
    }

    private static String mix(String from, String to, double share) {
        StringBuilder mixed = new StringBuilder("#");
        for (int channel = 0; channel < 3; channel++) {
            double value = channel(from, channel) * (1 - share) + channel(to, channel) * share;
            mixed.append(String.format(Locale.ROOT, "%02x", Math.round(value)));
        }
        return mixed.toString();
    }

    private static int channel(String colour, int channel) {
        return Integer.parseInt(colour, 1 + 2 * channel, 3 + 2 * channel, 16);
    }

    /** The ratio of the luminances (WCAG 2.2, contrast ratio). */
    static double contrast(String one, String other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            double value = channel(colour, channel) / 255.0;
            sum += weights[channel] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
        }
        return sum;
    }
}
