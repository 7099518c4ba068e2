package dev.latchkey.server.outbound;

import dev.latchkey.server.outbound.OutboundException.Reason;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one HTTP client for every URL that somebody else named. Only https on public addresses unless the settings are
 * insecure; no redirects, no compression, no credentials, no proxy; bounded in time, bytes and number. What is wrong is an
 * {@link OutboundException} whose message is for the operator alone. Safe for use by many threads, which it blocks: never
 * call it inside a unit of work.
 */
public final class Outbound implements AutoCloseable {
    private static final byte[] NO_BODY = {};
    private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w!#$&^.+-]{1,64}/[\\w!#$&^.+-]{1,64}");
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"[\\x21\\x23-\\x7e]{0,256}\""); // RFC 9110 §8.8.3

    private final Exchanges exchanges;
    private final DocumentCache cache;

    /**
     * A client.
     *
     * @param resolver usually {@link Resolver#system}
     * @param clock for the age of documents
     */
    public Outbound(OutboundSettings settings, Resolver resolver, InstantSource clock) {
        this.exchanges = new Exchanges(settings, resolver);
        this.cache = new DocumentCache(this::fetch, clock);
    }

    /** Fetches a document, whatever is known of it. */
    public OutboundDocument get(URI uri) throws OutboundException {
        return fetch(uri, Optional.empty()).document();
    }

    /** A document that may have been fetched before, by the rules of HTTP caching within bounds of our own. */
    public OutboundDocument getCached(URI uri) throws OutboundException {
        return cache.get(uri);
    }

    /**
     * Like {@link #getCached}, for a caller that has seen that what is known is not enough (an unknown {@code kid}). Asks anew,
     * but only once within 30 seconds, so that bad tokens do not become requests to others; within them it gives what is known.
     */
    public OutboundDocument fetchAgain(URI uri) throws OutboundException {
        return cache.getAgain(uri);
    }

    /**
     * Sends a body, once: nothing is tried again.
     *
     * @param contentType such as {@code application/x-www-form-urlencoded}
     */
    public OutboundAnswer post(URI uri, byte[] body, String contentType) throws OutboundException {
        if (!MEDIA_TYPE.matcher(contentType).matches()) {
            throw new IllegalArgumentException("not a media type: " + contentType);
        }
        String fields = "Content-Type: " + contentType + "\r\nContent-Length: " + body.length + "\r\n";
        return exchanges.run(uri, "POST", fields, body, (target, reader) -> {
            int status = reader.head().status();
            if (status / 100 == 3) {
                throw unwanted(target, status);
            }
            return new OutboundAnswer(status);
        });
    }

    private Fetched fetch(URI uri, Optional<Fetched> known) throws OutboundException {
        Optional<String> etag = known.flatMap(Fetched::etag);
        String fields = "Accept: application/json, application/*+json\r\n"
                + etag.map(tag -> "If-None-Match: " + tag + "\r\n").orElse("");
        return exchanges.run(
                uri,
                "GET",
                fields,
                NO_BODY,
                (target, reader) -> read(target, reader, etag.isPresent() ? known : Optional.empty()));
    }

    private static Fetched read(Target target, AnswerReader reader, Optional<Fetched> known)
            throws IOException, OutboundException {
        AnswerHead head = reader.head();
        if (head.status() == 304 && known.isPresent()) {
            Fetched old = known.get();
            return new Fetched(old.document(), old.etag(), Freshness.of(head));
        }
        if (head.status() != 200) {
            throw unwanted(target, head.status());
        }
        Optional<String> etag =
                head.only("etag").filter(tag -> ETAG.matcher(tag).matches());
        OutboundDocument document = new OutboundDocument(target.uri(), head.contentType(), reader.body(head));
        return new Fetched(document, etag, Freshness.of(head));
    }

    private static OutboundException unwanted(Target target, int status) {
        return new OutboundException(Reason.STATUS, target + ": the answer has status " + status);
    }

    @Override
    public void close() {
        exchanges.close();
    }
}
