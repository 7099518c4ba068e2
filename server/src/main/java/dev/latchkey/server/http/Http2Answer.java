package dev.latchkey.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Locale;

/** Sends an answer over a stream of HTTP/2, where the web server makes the frames. */
final class Http2Answer {
    private static final byte[] NO_BODY = {};

    private Http2Answer() {}

    /**
     * Sends it.
     *
     * @param date the value of {@code Date}
     * @param id the id of the request
     * @param withBody whether the body is sent; an answer to HEAD says only how long it would be (RFC 9110 §9.3.2)
     */
    static void send(RoutingResponse response, Response answer, String date, String id, boolean withBody) {
        response.status(Status.create(answer.status()));
        ServerResponseHeaders headers = response.headers();
        for (HeaderField field : answer.headers()) {
            headers.add(HeaderValues.create(
                    HeaderNames.createFromLowercase(field.name().toLowerCase(Locale.ROOT)), field.value()));
        }
        headers.set(HeaderValues.create(HeaderNames.DATE, date));
        headers.set(HeaderValues.create("x-request-id", id));
        headers.contentLength(answer.body().length);
        response.send(withBody ? answer.body() : NO_BODY);
    }
}
