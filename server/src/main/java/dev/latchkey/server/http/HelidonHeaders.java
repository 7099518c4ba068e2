package dev.latchkey.server.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.List;

/** The headers of a request where the web server has them, without copying those that nobody reads. */
record HelidonHeaders(ServerRequestHeaders headers) implements Headers {
    private static final HeaderName X_REQUEST_ID = HeaderNames.create(REQUEST_ID);

    @Override
    public List<String> all(String name) {
        return headers.all(name(name), List::of);
    }

    /** The web server makes a name out of any text, but slowly. */
    private static HeaderName name(String name) {
        return switch (name) {
            case ACCEPT -> HeaderNames.ACCEPT;
            case AUTHORIZATION -> HeaderNames.AUTHORIZATION;
            case CONTENT_TYPE -> HeaderNames.CONTENT_TYPE;
            case FORWARDED -> HeaderNames.FORWARDED;
            case HOST -> HeaderNames.HOST;
            case IF_NONE_MATCH -> HeaderNames.IF_NONE_MATCH;
            case ORIGIN -> HeaderNames.ORIGIN;
            case REQUEST_ID -> X_REQUEST_ID;
            case X_FORWARDED_FOR -> HeaderNames.X_FORWARDED_FOR;
            case X_FORWARDED_HOST -> HeaderNames.X_FORWARDED_HOST;
            default -> HeaderNames.create(name);
        };
    }
}
