package dev.latchkey.server.password;

/** The base64 of bcrypt: an alphabet of its own, no padding, bits in the usual order. */
final class CryptBase64 {
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private CryptBase64() {}

    /** Decodes; bits that fill no byte are dropped, as bcrypt itself does. */
    static byte[] decode(String text) {
        byte[] bytes = new byte[text.length() * 6 / 8];
        int bits = 0;
        int held = 0;
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = ALPHABET.indexOf(text.charAt(i));
            if (value < 0) {
                throw HashText.malformed("it has a character that bcrypt does not use");
            }
            bits = bits << 6 | value;
            held += 6;
            if (held >= 8) {
                held -= 8;
                bytes[next++] = (byte) (bits >> held);
            }
        }
        return bytes;
    }
}
