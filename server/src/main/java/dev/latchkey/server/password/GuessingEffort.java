package dev.latchkey.server.password;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * How much of a password has to be guessed, counted in characters that nothing predicts. What guessing programs try as a whole
 * counts as less than its length: a common word as two characters, a repetition, a sequence or a year as one, a name that they
 * know as none. Up to two signs after such a piece are free. Of all ways to read the password the cheapest counts.
 */
final class GuessingEffort {
    private static final int WORD = 2;
    private static final int PATTERN = 1;
    private static final int SHORTEST_PIECE = 3;
    private static final int LONGEST_PIECE = 40;
    private static final int SHORTEST_KEY_ROW = 4;
    private static final int FREE_SIGNS = 2;
    /** Rows and slanted columns of the usual keyboards. */
    private static final List<String> KEYS = List.of(
            "qwertyuiop",
            "asdfghjkl",
            "zxcvbnm",
            "qwertzuiop",
            "yxcvbnm",
            "azertyuiop",
            "qsdfghjklm",
            "wxcvbn",
            "1234567890",
            "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
            "1q2w3e4r5t6y7u8i9o0p",
            "qazwsxedcrfvtgbyhnujm");

    private static final List<String> KEYS_BACKWARDS = KEYS.stream()
            .map(keys -> new StringBuilder(keys).reverse().toString())
            .toList();

    private final CommonPasswords common;
    private final Set<String> names;

    GuessingEffort(CommonPasswords common, Set<String> names) {
        this.common = common;
        this.names = names;
    }

    /** The effort for a password in lower case. */
    int of(String password) {
        String unit = repeatedUnit(password);
        List<String> readings = List.of(unit, withoutDisguise(unit, 'i'), withoutDisguise(unit, 'l'));
        int[] effort = new int[unit.length() + 1];
        Arrays.fill(effort, Integer.MAX_VALUE);
        effort[0] = unit.length() < password.length() ? PATTERN : 0;
        for (int start = 0; start < unit.length(); start++) {
            lower(effort, start + 1, effort[start] + 1);
            for (String reading : readings) {
                addPieces(effort, reading, start);
            }
        }
        return effort[unit.length()];
    }

    private void addPieces(int[] effort, String text, int start) {
        boolean wordBegins = true;
        int longest = Math.min(text.length(), start + LONGEST_PIECE);
        for (int end = start + SHORTEST_PIECE; end <= longest; end++) {
            String piece = text.substring(start, end);
            String word = wordBegins ? common.first(piece) : "";
            wordBegins = word.startsWith(piece);
            if (names.contains(piece)) {
                addPiece(effort, text, end, effort[start]);
            } else if (isPattern(piece)) {
                addPiece(effort, text, end, effort[start] + PATTERN);
            } else if (word.equals(piece)) {
                addPiece(effort, text, end, effort[start] + WORD);
            }
        }
    }

    private static void addPiece(int[] effort, String text, int end, int cost) {
        lower(effort, end, cost);
        for (int sign = end; sign < Math.min(text.length(), end + FREE_SIGNS) && isSign(text.charAt(sign)); sign++) {
            lower(effort, sign + 1, cost);
        }
    }

    private static void lower(int[] effort, int position, int cost) {
        effort[position] = Math.min(effort[position], cost);
    }

    private static boolean isSign(char c) {
        return !Character.isLetterOrDigit(c) && !Character.isSurrogate(c);
    }

    private static boolean isPattern(String piece) {
        int step = piece.charAt(1) - piece.charAt(0);
        return (Math.abs(step) <= 1 && hasSteps(piece, step)) || isYear(piece) || isKeyRow(piece);
    }

    /** Whether all characters are the same, or each is the next, or the previous, of the one before. */
    private static boolean hasSteps(String piece, int step) {
        for (int i = 1; i < piece.length(); i++) {
            if (piece.charAt(i) - piece.charAt(i - 1) != step) {
                return false;
            }
        }
        return true;
    }

    private static boolean isYear(String piece) {
        return piece.length() == 4
                && (piece.startsWith("19") || piece.startsWith("20"))
                && piece.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isKeyRow(String piece) {
        return piece.length() >= SHORTEST_KEY_ROW
                && (KEYS.stream().anyMatch(keys -> keys.contains(piece))
                        || KEYS_BACKWARDS.stream().anyMatch(keys -> keys.contains(piece)));
    }

    /** The text that the password repeats, or all of it. */
    private static String repeatedUnit(String password) {
        int length = password.length();
        int period = (password + password).indexOf(password, 1);
        return length % period == 0 ? password.substring(0, period) : password;
    }

    /** Reads the signs and digits that stand for letters as those; a one may stand for two. */
    private static String withoutDisguise(String text, char one) {
        StringBuilder plain = new StringBuilder(text);
        for (int i = 0; i < plain.length(); i++) {
            plain.setCharAt(
                    i,
                    switch (plain.charAt(i)) {
                        case '@', '4' -> 'a';
                        case '3' -> 'e';
                        case '0' -> 'o';
                        case '$', '5' -> 's';
                        case '7' -> 't';
                        case '1', '!', '|' -> one;
                        default -> plain.charAt(i);
                    });
        }
        return plain.toString();
    }
}
