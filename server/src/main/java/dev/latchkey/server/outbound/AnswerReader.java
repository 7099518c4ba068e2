package dev.latchkey.server.outbound;

import static dev.latchkey.server.outbound.MalformedAnswerException.malformed;
import static dev.latchkey.server.outbound.MalformedAnswerException.tooLong;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one HTTP/1.1 answer. Takes less than RFC 9112 lets a recipient take: what could be read in two ways is refused, and
 * so is any coding but chunks. Every direction is bounded. Not safe for use by several threads.
 */
final class AnswerReader {
    static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int MAX_FIELDS = 100;
    private static final int MAX_INTERIM_ANSWERS = 4;
    private static final int MAX_CHUNK_LINE = 256;
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.([01]) ([1-5]\\d\\d)(?: .*)?");
    private static final Pattern FIELD_LINE = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");
    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Pattern CHUNK_SIZE = Pattern.compile("([0-9A-Fa-f]{1,8})[ \\t]*(?:;.*)?");

    private final InputStream in;
    private final int maxBodyBytes;
    private int headBytesLeft = MAX_HEAD_BYTES;

    AnswerReader(InputStream in, int maxBodyBytes) {
        this.in = new BufferedInputStream(in);
        this.maxBodyBytes = maxBodyBytes;
    }

    /** The head of the answer, past those that only announce it (RFC 9110 §15.2). */
    AnswerHead head() throws IOException {
        for (int i = 0; i <= MAX_INTERIM_ANSWERS; i++) {
            AnswerHead head = oneHead();
            if (head.status() >= 200) {
                return head;
            }
            if (head.status() == 101) {
                throw malformed("it changes to another protocol"); // which nobody asked for: RFC 9110 §15.2.2
            }
        }
        throw malformed("it announces itself without end");
    }

    private AnswerHead oneHead() throws IOException {
        Matcher statusLine = STATUS_LINE.matcher(headLine());
        if (!statusLine.matches()) {
            throw malformed("it does not begin as HTTP/1.1 does");
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        int count = 0;
        for (String line = headLine(); !line.isEmpty(); line = headLine()) {
            Matcher field = FIELD_LINE.matcher(line);
            if (!field.matches()) { // white space before the colon, or a continued line: RFC 9112 §5.1, §5.2
                throw malformed("a header line is none");
            }
            if (++count > MAX_FIELDS) {
                throw tooLong("it has too many header lines");
            }
            fields.computeIfAbsent(field.group(1).toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                    .add(field.group(2).strip());
        }
        return new AnswerHead(statusLine.group(1).equals("1"), Integer.parseInt(statusLine.group(2)), fields);
    }

    /** The body that follows the head of an answer that has one. */
    byte[] body(AnswerHead head) throws IOException {
        if (head.all("content-encoding").stream().anyMatch(coding -> !coding.equalsIgnoreCase("identity"))) {
            throw malformed("it is compressed, which nobody asked for");
        }
        List<String> codings = head.all("transfer-encoding");
        List<String> lengths = head.all("content-length");
        if (!codings.isEmpty()) {
            boolean isChunked = codings.size() == 1 && codings.getFirst().equalsIgnoreCase("chunked");
            if (!isChunked || !lengths.isEmpty() || !head.isVersion11()) { // RFC 9112 §6.1, §6.3
                throw malformed("where it ends is not sure");
            }
            return chunks();
        }
        if (lengths.isEmpty()) {
            return untilEnd();
        }
        if (Set.copyOf(lengths).size() > 1
                || !LENGTH.matcher(lengths.getFirst()).matches()) {
            throw malformed("its length is no number");
        }
        return announced(Long.parseLong(lengths.getFirst()));
    }

    private byte[] announced(long length) throws IOException {
        if (length > maxBodyBytes) {
            throw documentTooLong();
        }
        byte[] body = in.readNBytes((int) length);
        if (body.length < length) {
            throw malformed("it ends before its end");
        }
        return body;
    }

    private byte[] untilEnd() throws IOException {
        byte[] body = in.readNBytes(maxBodyBytes + 1);
        if (body.length > maxBodyBytes) {
            throw documentTooLong();
        }
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = chunkSize(); size > 0; size = chunkSize()) {
            if (size > maxBodyBytes - body.size()) {
                throw documentTooLong();
            }
            body.write(announced(size));
            if (!line(2).isEmpty()) {
                throw malformed("a chunk is longer than it says");
            }
        }
        String trailer = headLine();
        while (!trailer.isEmpty()) { // nobody asked for trailer fields: RFC 9110 §6.5.1
            trailer = headLine();
        }
        return body.toByteArray();
    }

    private int chunkSize() throws IOException {
        Matcher size = CHUNK_SIZE.matcher(line(MAX_CHUNK_LINE));
        if (!size.matches()) {
            throw malformed("the size of a chunk is no number");
        }
        return (int) Math.min(Long.parseLong(size.group(1), 16), Integer.MAX_VALUE);
    }

    private MalformedAnswerException documentTooLong() {
        return tooLong("it is longer than " + maxBodyBytes + " bytes");
    }

    /** A line of the head, all of which share one bound. */
    private String headLine() throws IOException {
        String line = line(headBytesLeft);
        headBytesLeft -= line.length() + 2;
        return line;
    }

    /** A line without its end, which is CR LF and nothing else (RFC 9112 §2.2). */
    private String line(int maxBytes) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = 0; read < maxBytes; read++) {
            int b = in.read();
            if (b == '\r') {
                if (in.read() != '\n') {
                    throw malformed("a line ends in another way than HTTP has it");
                }
                return line.toString();
            }
            if (b < 0) {
                throw malformed("it ends within a line");
            }
            if ((b < ' ' && b != '\t') || b == 0x7f) {
                throw malformed("a line has control characters");
            }
            line.append((char) b);
        }
        throw tooLong("its header is too long");
    }
}
