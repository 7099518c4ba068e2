package dev.latchkey.server.status;

import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import dev.latchkey.server.key.KeyRing;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.session.SessionStore;
import dev.latchkey.server.session.StatusIndex;
import dev.latchkey.server.session.StatusIndexStore;
import dev.latchkey.server.status.StatusListTokens.Made;
import dev.latchkey.token.Algorithm;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * {@code GET /status-list?list=…}: one list as a signed token (Token Status List §8.1, §8.2), and {@code GET /status-lists}: the
 * addresses of all (§9.3). Everybody may ask: a list says nothing about anybody who has no token that refers to it.
 */
public final class StatusListEndpoint implements Handler {
    /** Where the addresses of all lists are told. */
    public static final String AGGREGATION_PATH = "/status-lists";

    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,11}");

    private final String issuer;
    private final Revocations revocations;
    private final StatusListTokens tokens;

    /** Where it looks for what has ended. */
    public record Stores(SessionStore sessions, StatusIndexStore statusIndexes, Supplier<Epoch> epochs) {}

    /**
     * What signs a list.
     *
     * @param algorithm that tokens are signed with
     * @param keys of the issuer
     */
    public record Signing(Algorithm algorithm, KeyRing keys) {}

    /**
     * Serves the lists.
     *
     * @param keptFor how long after its revocation a session is told of: longer than any of its tokens lives
     */
    public StatusListEndpoint(String issuer, Stores stores, Signing signing, Duration keptFor, InstantSource clock) {
        this.issuer = issuer;
        this.revocations = new Revocations(stores, keptFor, clock);
        this.tokens = new StatusListTokens(issuer, signing.algorithm(), signing.keys(), revocations, clock);
    }

    /** Both routes, open to scripts of other sites as the key set is. */
    public List<Route> routes() {
        return List.of(
                Route.get(StatusIndex.PATH, this).withCrossOrigin(),
                Route.get(AGGREGATION_PATH, this::aggregation).withCrossOrigin());
    }

    /** Has the next poll look into the store. To be called every second, for clocks that stand still or are set back. */
    public void wake() {
        revocations.lookAgainSoon();
    }

    @Override
    public Response handle(Request request) {
        Parameters parameters = request.queryParameters();
        if (parameters.has("time")) { // §8.4: the past is not kept
            throw new OAuthException(OAuthError.notImplemented("Only the present state can be asked for"));
        }
        String number = parameters.required(StatusIndex.LIST);
        if (!NUMBER.matcher(number).matches()) {
            throw new OAuthException(OAuthError.notFound());
        }
        Made list = tokens.find(Long.parseLong(number)).orElseThrow(() -> new OAuthException(OAuthError.notFound()));
        return list.tag().isKnownTo(request.headers()) ? list.unchanged() : list.whole();
    }

    private Response aggregation(Request request) {
        List<String> lists = LongStream.range(revocations.first(), revocations.lists())
                .mapToObj(list -> StatusIndex.uri(issuer, list))
                .toList();
        return Response.json(Map.of("status_lists", lists)).withHeader("Cache-Control", "public, max-age=60");
    }
}
