package dev.latchkey.server.docs;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.HeaderField;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of the page, under a path that changes with its content, so that browsers keep it for good. Read from the class path
 * when it is first asked for, and kept compressed: Swagger UI is 1.7 MB that most servers never send. Safe for many threads.
 */
final class Asset implements Handler {
    private static final HeaderField FOR_GOOD = new HeaderField("Cache-Control", "public, max-age=31536000, immutable");
    private static final HeaderField COMPRESSED = new HeaderField("Content-Encoding", "gzip");
    private static final HeaderField VARIES = new HeaderField("Vary", "Accept-Encoding");
    private static final String NOTHING_FROM_IT = "default-src 'none'; style-src 'self'; frame-ancestors 'none'";

    private final String resource;
    private final String contentType;
    private volatile byte @Nullable [] compressed;

    Asset(String resource) {
        this.resource = resource;
        this.contentType = contentType(resource);
    }

    @Override
    public Response handle(Request request) {
        byte[] gzip = compressed();
        boolean accepted = request.headers()
                .first("accept-encoding")
                .map(value -> value.toLowerCase(Locale.ROOT).contains("gzip"))
                .orElse(false);
        Response response = Response.of(200, contentType, accepted ? gzip : decompress(gzip), NOTHING_FROM_IT)
                .withHeader(FOR_GOOD)
                .withHeader(VARIES);
        return accepted ? response.withHeader(COMPRESSED) : response;
    }

    private byte[] compressed() {
        byte[] known = compressed;
        if (known == null) {
            known = compress(bytes(resource));
            compressed = known;
        }
        return known;
    }

    /** The bytes of a resource that has to be there. */
    static byte[] bytes(String resource) {
        try (InputStream in = Asset.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compress(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] decompress(byte[] gzip) {
        try (InputStream in = new GZIPInputStream(new java.io.ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String contentType(String resource) {
        return switch (resource.substring(resource.lastIndexOf('.'))) {
            case ".js" -> "text/javascript; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("no content type for " + resource);
        };
    }
}
