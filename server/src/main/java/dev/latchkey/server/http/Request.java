package dev.latchkey.server.http;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.token.Json;
import dev.latchkey.token.JsonException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request as an endpoint sees it, wholly read and bounded.
 *
 * <p>The form, the query and the JSON body are parsed when they are asked for and not kept: ask once and pass the result on.
 *
 * @param method the method in upper case as it was sent, {@code HEAD} included
 * @param path the path as it was sent, without the query; never decoded, because no path of this server needs it
 * @param query the raw query without its question mark, empty if there was none
 * @param headers the header fields
 * @param body the body, at most as long as the server allows; read only
 * @param remoteAddress the address of the client, trusted proxies already looked through
 * @param id the id of this request, in the answer as {@code X-Request-Id} and in the log
 */
@SuppressWarnings("ArrayRecordComponent") // requests are never compared, and a copy for each would buy nothing
public record Request(
        String method, String path, String query, Headers headers, byte[] body, InetAddress remoteAddress, String id) {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final int MAX_COOKIES = 100;

    public Request {
        Objects.requireNonNull(method);
        Objects.requireNonNull(path);
        Objects.requireNonNull(query);
        Objects.requireNonNull(headers);
        Objects.requireNonNull(body);
        Objects.requireNonNull(remoteAddress);
        Objects.requireNonNull(id);
    }

    /** The same request at another path, for whoever sends it on. */
    public Request withPath(String other) {
        return new Request(method, other, query, headers, body, remoteAddress, id);
    }

    /** What the Authorization header carries. Refuses two of them, and what is not spelled as its scheme wants. */
    public Authorization authorization() {
        return Authorization.of(headers);
    }

    /**
     * The parameters of a form body.
     *
     * @param repeatable names that may come more than once; any other repetition is refused (RFC 6749 §3.2)
     * @throws OAuthException 415 if the body is not a form, {@code invalid_request} if it is a bad one
     */
    public Parameters form(String... repeatable) {
        if (!mediaType().equals(FORM)) {
            throw new OAuthException(OAuthError.unsupportedMediaType(FORM));
        }
        return Parameters.parse(body, repeatable);
    }

    /** The parameters of the query, under the same rules as those of a form (RFC 6749 §3.1). */
    public Parameters queryParameters(String... repeatable) {
        return Parameters.parse(query, repeatable);
    }

    /**
     * The parameters of a form or of a flat JSON object with strings for values, whichever was sent.
     *
     * @throws OAuthException 415 if it is neither, {@code invalid_request} if it is a bad one
     */
    public Parameters formOrJson(String... repeatable) {
        return switch (mediaType()) {
            case FORM -> Parameters.parse(body, repeatable);
            case JSON -> Parameters.ofJson(jsonObject());
            default -> throw new OAuthException(OAuthError.unsupportedMediaType(FORM + " or " + JSON));
        };
    }

    /**
     * The members of a JSON object in the body.
     *
     * @throws OAuthException 415 if the body is not JSON, {@code invalid_request} if it is bad JSON or no object
     */
    public Map<String, Object> jsonObject() {
        if (!mediaType().equals(JSON)) {
            throw new OAuthException(OAuthError.unsupportedMediaType(JSON));
        }
        try {
            return Json.parseObject(body);
        } catch (JsonException e) {
            throw new OAuthException(OAuthError.invalidRequest("The request body is not a valid JSON object"));
        }
    }

    /** The value of a cookie (RFC 6265 §5.4); none where two of that name were sent: one of them is not ours. */
    public Optional<String> cookie(String name) {
        String prefix = name + "=";
        List<String> found = headers.all(Headers.COOKIE).stream()
                .flatMap(header -> Stream.of(header.split(";", MAX_COOKIES)))
                .map(Request::trimmed)
                .filter(pair -> pair.startsWith(prefix))
                .map(pair -> pair.substring(prefix.length()))
                .distinct()
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** Without blanks around it; other white space is part of a name that a browser takes for another one's. */
    private static String trimmed(String pair) {
        int start = 0;
        int end = pair.length();
        while (start < end && isBlank(pair.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(pair.charAt(end - 1))) {
            end--;
        }
        return pair.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** The media type of the body in lower case and without parameters; empty if there is none or more than one. */
    public String mediaType() {
        var values = headers.all(Headers.CONTENT_TYPE);
        if (values.size() != 1) {
            return "";
        }
        String value = values.getFirst();
        if (value.equals(FORM)) {
            return FORM;
        }
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
