package dev.latchkey.server.http;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.token.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer, whole: status, header fields in order, and body. Immutable.
 *
 * <p>The factories set the content type and the headers that make a browser take the answer for what it is and nothing else
 * (OWASP ASVS 5.0 V3.4). {@code Content-Length}, {@code Date} and {@code X-Request-Id} are added when it is sent.
 *
 * @param status the HTTP status
 * @param headers the header fields
 * @param body the body, not to be changed any more
 * @param refusal the error that this answer tells, if it is one; for log and metrics
 */
@SuppressWarnings("ArrayRecordComponent") // answers are never compared, and a copy of each body would buy nothing
public record Response(int status, List<HeaderField> headers, byte[] body, Optional<OAuthError> refusal) {
    /** For everything that carries a token, a code or personal data (RFC 6749 §5.1, RFC 9111 §5.2.2.5). */
    public static final HeaderField NO_STORE = new HeaderField("Cache-Control", "no-store");

    private static final byte[] NOTHING = {};
    private static final HeaderField NO_SNIFF = new HeaderField("X-Content-Type-Options", "nosniff");
    private static final HeaderField NO_REFERRER = new HeaderField("Referrer-Policy", "no-referrer");
    private static final HeaderField NO_CONTENT_OF_ITS_OWN =
            new HeaderField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");

    private static final List<HeaderField> EMPTY = List.of(NO_SNIFF, NO_REFERRER, NO_CONTENT_OF_ITS_OWN);
    private static final List<HeaderField> JSON = plainly("application/json");
    private static final List<HeaderField> JSON_NO_STORE = with(JSON, NO_STORE);
    private static final List<HeaderField> JWT_NO_STORE = with(plainly("application/jwt"), NO_STORE);
    private static final List<HeaderField> TEXT = plainly("text/plain; charset=utf-8");

    public Response {
        headers = List.copyOf(headers);
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("not the status of an answer: " + status);
        }
    }

    public static Response json(Map<String, ?> members) {
        return json(200, members);
    }

    public static Response json(int status, Map<String, ?> members) {
        return new Response(status, JSON, bytes(Json.write(members)), Optional.empty());
    }

    /** JSON that is made already, for documents that do not change from request to request. */
    public static Response jsonBytes(byte[] json) {
        return new Response(200, JSON, json, Optional.empty());
    }

    /** An answer with a token or with what only its reader may know: JSON that no cache may keep (RFC 6749 §5.1). */
    public static Response token(Map<String, ?> members) {
        return new Response(200, JSON_NO_STORE, bytes(Json.write(members)), Optional.empty());
    }

    /** The same under another status, as of what was made (RFC 9126 §2.2). */
    public static Response token(int status, Map<String, ?> members) {
        return new Response(status, JSON_NO_STORE, bytes(Json.write(members)), Optional.empty());
    }

    /** Claims for one reader as a JWT (OpenID Connect Core §5.3.2). */
    public static Response jwt(String token) {
        return new Response(200, JWT_NO_STORE, bytes(token), Optional.empty());
    }

    public static Response text(int status, String text) {
        return new Response(status, TEXT, bytes(text), Optional.empty());
    }

    /** A page for people, with the content security policy that its own scripts and styles need. */
    public static Response html(int status, String page, String contentSecurityPolicy) {
        return of(status, "text/html; charset=utf-8", bytes(page), contentSecurityPolicy);
    }

    /** Any other content. */
    public static Response of(int status, String contentType, byte[] body, String contentSecurityPolicy) {
        return new Response(
                status,
                List.of(
                        new HeaderField("Content-Type", contentType),
                        NO_SNIFF,
                        NO_REFERRER,
                        new HeaderField("Content-Security-Policy", contentSecurityPolicy)),
                body,
                Optional.empty());
    }

    /** No body: 200 of a revocation (RFC 7009 §2.2), 204, 304. */
    public static Response empty(int status) {
        return new Response(status, EMPTY, NOTHING, Optional.empty());
    }

    /** Sends the browser on, as a GET whatever it came with (RFC 9700 §4.12). */
    public static Response seeOther(String location) {
        return empty(303).withHeader("Location", location).withHeader(NO_STORE);
    }

    public Response withHeader(String name, String value) {
        return withHeader(new HeaderField(name, value));
    }

    /** The same with one more field; a field of that name that is there already stays. */
    public Response withHeader(HeaderField field) {
        return new Response(status, with(headers, field), body, refusal);
    }

    public Response withNoStore() {
        return withHeader(NO_STORE);
    }

    /** The first value of a header field of this answer. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(HeaderField::value)
                .findFirst();
    }

    static Response refusal(OAuthError error, byte[] json, List<HeaderField> more) {
        List<HeaderField> headers = new ArrayList<>(JSON_NO_STORE.size() + more.size());
        headers.addAll(JSON_NO_STORE);
        headers.addAll(more);
        return new Response(error.status(), headers, json, Optional.of(error));
    }

    private static List<HeaderField> plainly(String contentType) {
        return List.of(new HeaderField("Content-Type", contentType), NO_SNIFF, NO_REFERRER, NO_CONTENT_OF_ITS_OWN);
    }

    private static List<HeaderField> with(List<HeaderField> headers, HeaderField field) {
        List<HeaderField> more = new ArrayList<>(headers.size() + 1);
        more.addAll(headers);
        more.add(field);
        return List.copyOf(more);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
