package dev.latchkey.server.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.BCrypt;

/**
 * A bcrypt hash, plain or of a digest. Plain bcrypt sees the first 72 bytes of a password and no more; passlib and Django hash
 * the password first to lift that.
 */
final class BcryptHash implements StoredHash {
    private static final int MAX_PASSWORD_BYTES = 72;
    private static final int SALT_CHARACTERS = 22;
    private static final int DIGEST_CHARACTERS = 31;
    private static final Pattern PASSLIB_SETTINGS = Pattern.compile("2[aby],(\\d+)|v=2,t=2[aby],r=(\\d+)");

    /** What is done to the password before bcrypt sees it. */
    private enum Before {
        NOTHING,
        HEX_SHA256,
        BASE64_SHA256,
        BASE64_HMAC_SHA256
    }

    private final Before before;
    private final int cost;
    private final String salt;
    private final byte[] digest;

    private BcryptHash(Before before, int cost, String salt, String digest) {
        HashCost.requireBcrypt(cost);
        if (salt.length() != SALT_CHARACTERS || digest.length() != DIGEST_CHARACTERS) {
            throw HashText.malformed("bcrypt has 22 characters of salt and 31 of digest");
        }
        this.before = before;
        this.cost = cost;
        this.salt = salt;
        this.digest = CryptBase64.decode(digest);
        CryptBase64.decode(salt);
    }

    /** {@code $2b$12$} and 53 characters. The letters a, b and y name fixes of bugs that no hash shows. */
    static BcryptHash parse(String text) {
        return parse(text, Before.NOTHING);
    }

    static BcryptHash parseDjangoSha256(String text) {
        return parse(text, Before.HEX_SHA256);
    }

    private static BcryptHash parse(String text, Before before) {
        String[] parts = HashText.split(text, "$", 4);
        if (!parts[1].matches("2[aby]") || !parts[2].matches("[0-9]{2}")) {
            throw HashText.malformed("it does not begin as bcrypt does");
        }
        return split(before, Integer.parseInt(parts[2]), parts[3]);
    }

    private static BcryptHash split(Before before, int cost, String saltAndDigest) {
        if (saltAndDigest.length() != SALT_CHARACTERS + DIGEST_CHARACTERS) {
            throw HashText.malformed("bcrypt has 53 characters of salt and digest");
        }
        return new BcryptHash(
                before, cost, saltAndDigest.substring(0, SALT_CHARACTERS), saltAndDigest.substring(SALT_CHARACTERS));
    }

    /** {@code $bcrypt-sha256$v=2,t=2b,r=12$salt$digest}, or the first version, {@code $bcrypt-sha256$2a,12$salt$digest}. */
    static BcryptHash parsePasslibSha256(String text) {
        String[] parts = HashText.split(text, "$", 5);
        Matcher settings = PASSLIB_SETTINGS.matcher(parts[2]);
        if (!settings.matches()) {
            throw HashText.malformed("it does not have the parameters of bcrypt-sha256");
        }
        String first = settings.group(1);
        return first != null
                ? new BcryptHash(Before.BASE64_SHA256, HashText.number(first), parts[3], parts[4])
                : new BcryptHash(Before.BASE64_HMAC_SHA256, HashText.number(settings.group(2)), parts[3], parts[4]);
    }

    @Override
    public boolean matches(byte[] password, Argon2 argon2) {
        byte[] input = before(password);
        byte[] key = Arrays.copyOf(input, Math.min(input.length, MAX_PASSWORD_BYTES));
        // a zero byte ends the key, unless it has been cut off with all that follows the 72nd byte
        byte[] computed = BCrypt.generate(key, CryptBase64.decode(salt), cost, true);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(input, (byte) 0);
        return MessageDigest.isEqual(digest, Arrays.copyOf(computed, digest.length));
    }

    private byte[] before(byte[] password) {
        try {
            return switch (before) {
                case NOTHING -> password.clone();
                case HEX_SHA256 -> HexFormat.of().formatHex(sha256(password)).getBytes(StandardCharsets.US_ASCII);
                case BASE64_SHA256 -> Base64.getEncoder().encode(sha256(password));
                case BASE64_HMAC_SHA256 -> {
                    Mac mac = Mac.getInstance("HmacSHA256");
                    mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
                    yield Base64.getEncoder().encode(mac.doFinal(password));
                }
            };
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] sha256(byte[] text) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(text);
    }

    @Override
    public int memoryKib() {
        return 8;
    }
}
