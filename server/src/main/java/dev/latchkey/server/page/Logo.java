package dev.latchkey.server.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A picture that is part of the page: as a {@code data:} address, so that nothing is fetched and no path has to be known. In
 * an {@code img} an SVG runs no script and loads nothing.
 *
 * @param dataUri the whole picture
 */
public record Logo(String dataUri) {
    /** Every page carries it, so it has to be small. */
    public static final int MAX_BYTES = 64 * 1024;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};
    private static final int SVG_HEAD = 1024;

    /** The picture in these bytes, if they are PNG, JPEG or SVG and not too many. */
    public static Optional<Logo> of(byte[] bytes) {
        return bytes.length > MAX_BYTES
                ? Optional.empty()
                : contentType(bytes)
                        .map(type -> new Logo("data:" + type + ";base64,"
                                + Base64.getEncoder().encodeToString(bytes)));
    }

    private static Optional<String> contentType(byte[] bytes) {
        if (beginsWith(bytes, PNG)) {
            return Optional.of("image/png");
        }
        if (beginsWith(bytes, JPEG)) {
            return Optional.of("image/jpeg");
        }
        String head = new String(bytes, 0, Math.min(bytes.length, SVG_HEAD), StandardCharsets.UTF_8);
        return head.contains("<svg") ? Optional.of("image/svg+xml") : Optional.empty();
    }

    private static boolean beginsWith(byte[] bytes, byte[] head) {
        if (bytes.length < head.length) {
            return false;
        }
        for (int i = 0; i < head.length; i++) {
            if (bytes[i] != head[i]) {
                return false;
            }
        }
        return true;
    }
}
