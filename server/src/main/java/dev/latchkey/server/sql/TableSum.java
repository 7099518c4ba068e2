package dev.latchkey.server.sql;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many rows there are and what they add up to, in whatever order they come: the sum of the SHA-256 of each, cut to 128 bits. It
 * tells a copy that went wrong from one that did not, not a forged one.
 */
record TableSum(long rows, long high, long low) {
    static final TableSum NOTHING = new TableSum(0, 0, 0);

    /** With one row more: its values by column, of the same types whatever the engine. */
    TableSum with(Map<String, @Nullable Object> row) {
        ByteBuffer hash = ByteBuffer.wrap(hash(row));
        return new TableSum(rows + 1, high + hash.getLong(), low + hash.getLong());
    }

    private static byte[] hash(Map<String, @Nullable Object> row) {
        MessageDigest digest = sha256();
        row.forEach((column, value) -> {
            add(digest, 'c', column.getBytes(StandardCharsets.UTF_8));
            switch (value) {
                case null -> digest.update((byte) 'n');
                case String text -> add(digest, 't', text.getBytes(StandardCharsets.UTF_8));
                case Long number ->
                    add(
                            digest,
                            'l',
                            ByteBuffer.allocate(Long.BYTES).putLong(number).array());
                case byte[] bytes -> add(digest, 'b', bytes);
                default -> throw new IllegalStateException("no value of a row: " + value.getClass());
            }
        });
        return digest.digest();
    }

    private static void add(MessageDigest digest, char kind, byte[] bytes) {
        digest.update((byte) kind);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String checksum() {
        return "%016x%016x".formatted(high, low);
    }
}
