package dev.latchkey.server.password;

import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The spellings that stored hashes share: base64 in its dialects, numbers, and lists of parameters. */
final class HashText {
    private HashText() {}

    /** Standard base64 with or without padding. */
    static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed("it has a part that is not base64");
        }
    }

    /** Passlib's base64 without padding, with a dot where others have a plus. */
    static byte[] adaptedBase64(String text) {
        return base64(text.replace('.', '+'));
    }

    static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw malformed("it has a part that is not hexadecimal");
        }
    }

    static int number(String text) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed("a cost parameter is not a number of at most nine digits");
        }
        return Integer.parseInt(text);
    }

    /** The exponent of a power of two. */
    static int logarithm(int powerOfTwo) {
        if (Integer.bitCount(powerOfTwo) != 1) {
            throw malformed("the cost of scrypt is not a power of two");
        }
        return Integer.numberOfTrailingZeros(powerOfTwo);
    }

    /** Reads {@code a=1,b=2}: exactly the named parameters, in that order. */
    static int[] parameters(String text, String... names) {
        String[] parts = split(text, ",", names.length);
        int[] values = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i] + "=";
            if (!parts[i].startsWith(name)) {
                throw malformed("the parameter " + names[i] + " is not where it should be");
            }
            values[i] = number(parts[i].substring(name.length()));
        }
        return values;
    }

    static String[] split(String text, String separator, int parts) {
        String[] found = text.split(Pattern.quote(separator), -1);
        if (found.length != parts) {
            throw malformed("it has " + found.length + " parts and not " + parts);
        }
        return found;
    }

    /** A digest as long as the function gives, or at least long enough that nobody finds another password for it. */
    static byte[] requireDigest(byte[] digest) {
        if (digest.length < 16 || digest.length > 128) {
            throw malformed("the digest has " + digest.length + " bytes and not 16 to 128");
        }
        return digest;
    }

    static UnsupportedHashException malformed(String why) {
        return new UnsupportedHashException("the hash is malformed: " + why);
    }
}
