package dev.latchkey.server.status;

import dev.latchkey.server.session.StatusIndex;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Map;
import java.util.zip.Deflater;

/** Writes a status list of one bit a token, the lowest bit of the first byte first (Token Status List §4.1, §4.2). */
public final class StatusList {
    private static final int BITS = 1;
    private static final int BYTES = StatusIndex.LIST_SIZE / Byte.SIZE;
    /** The specification recommends 9, which takes up to a hundred times as long for a tenth less (decision 0101). */
    private static final int LEVEL = 6;

    private static final int CHUNK = 16 * 1024;

    private StatusList() {}

    /** The claim {@code status_list}: a set bit for whatever is {@code INVALID} (§7.1). */
    public static Map<String, Object> claim(BitSet revoked) {
        return Map.of("bits", BITS, "lst", lst(bytes(revoked)));
    }

    /** The bits of a whole list. */
    static byte[] bytes(BitSet revoked) {
        return Arrays.copyOf(revoked.toByteArray(), BYTES);
    }

    /** Compressed with DEFLATE in the ZLIB format as far as that goes, then base64url. */
    static String lst(byte[] list) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater(LEVEL)) {
            deflater.setInput(list);
            deflater.finish();
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                compressed.write(chunk, 0, deflater.deflate(chunk));
            }
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(compressed.toByteArray());
    }
}
