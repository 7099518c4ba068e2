package dev.latchkey.guard;

import dev.latchkey.token.Json;
import dev.latchkey.token.TokenRefusedException;
import dev.latchkey.token.VerifiedToken;
import dev.latchkey.token.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The statuses of many tokens, a few bits each, as their issuer signed them. Immutable.
 *
 * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/">Token Status List, §4 and §5</a>
 */
final class StatusList {
    /** What a list may take, unpacked: eight million statuses of one bit. A packed one can say it is a thousand times larger. */
    static final int MAX_BYTES = 1 << 20;

    /** The longest signed one, as text. */
    static final int MAX_TEXT = Json.MAX_CHARS;

    /** How far the clocks of an issuer's instances may differ. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private final Instant issuedAt;
    private final Instant expiresAt;
    private final long size;
    /** The indexes whose status is not VALID, ascending: few of the many. */
    private final int[] notValid;

    private StatusList(VerifiedToken token, byte[] statuses, int bits) {
        this.issuedAt = Objects.requireNonNullElse(token.issuedAt(), Instant.EPOCH);
        this.expiresAt = Objects.requireNonNullElse(token.expiresAt(), Instant.MAX);
        int perByte = 8 / bits;
        int mask = (1 << bits) - 1;
        this.size = (long) statuses.length * perByte;
        int[] found = new int[16];
        int count = 0;
        for (int at = 0; at < statuses.length; at++) {
            for (int i = 0; statuses[at] != 0 && i < perByte; i++) {
                if (((statuses[at] >> (i * bits)) & mask) != 0) {
                    found = count < found.length ? found : Arrays.copyOf(found, 2 * count);
                    found[count++] = at * perByte + i;
                }
            }
        }
        this.notValid = Arrays.copyOf(found, count);
    }

    /**
     * Reads a status list token.
     *
     * @param uri that it was fetched from
     * @throws IllegalArgumentException if it is not that list, genuine and up to date
     */
    static StatusList parse(String text, String uri, Verifier verifier) {
        VerifiedToken token;
        try {
            token = verifier.verify(text);
        } catch (TokenRefusedException e) {
            throw new IllegalArgumentException("the status list is refused: " + e.getMessage(), e);
        }
        if (!uri.equals(token.string("sub"))) {
            throw new IllegalArgumentException("the status list is another one"); // §8.3
        }
        if (token.claims().get("status_list") instanceof Map<?, ?> list
                && list.get("bits") instanceof Long bits
                && (bits == 1 || bits == 2 || bits == 4 || bits == 8)
                && list.get("lst") instanceof String packed) {
            return new StatusList(token, unpack(Base64.getUrlDecoder().decode(packed)), bits.intValue());
        }
        throw new IllegalArgumentException("the status list has no bits and lst");
    }

    private static byte[] unpack(byte[] packed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            byte[] unpacked = new byte[MAX_BYTES + 1];
            int length = 0;
            while (!inflater.finished() && length < unpacked.length) {
                int more = inflater.inflate(unpacked, length, unpacked.length - length);
                if (more == 0 && !inflater.finished()) {
                    throw new IllegalArgumentException("the status list breaks off");
                }
                length += more;
            }
            if (length > MAX_BYTES) {
                throw new IllegalArgumentException("the status list is longer than " + MAX_BYTES + " bytes");
            }
            return Arrays.copyOf(unpacked, length);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("the status list is not packed as ZLIB has it", e);
        } finally {
            inflater.end();
        }
    }

    /** Whether its time is not over (§5.1, {@code exp}). */
    boolean isValidAt(Instant now) {
        return now.isBefore(expiresAt);
    }

    /** Whether it was surely signed before the other one. */
    boolean isOlderThan(StatusList other) {
        return issuedAt.isBefore(other.issuedAt.minus(SKEW));
    }

    /** Whether the status at the index is VALID, which is 0 (§7.1); one that is not in the list is not. */
    boolean isValid(long index) {
        return index >= 0 && index < size && Arrays.binarySearch(notValid, (int) index) < 0;
    }
}
