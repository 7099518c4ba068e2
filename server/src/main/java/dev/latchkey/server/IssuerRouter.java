package dev.latchkey.server;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Hosts;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Router;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells by host and path which issuer a request is for, and hands it over without the issuer's own path, so that an issuer does
 * not see where it lives. Its metadata are found both ways: behind its path (OpenID Connect Discovery §4) and between host and
 * path (RFC 8414 §3.1). Immutable.
 */
final class IssuerRouter implements Handler {
    private static final Pattern WELL_KNOWN = Pattern.compile("(/\\.well-known/[^/]+)(/.+)");

    private final Router process;
    private final Set<String> processPaths;
    private final Map<String, Map<String, HostedIssuer>> byHostAndPath = new HashMap<>();
    private final int deepest;

    /**
     * A router.
     *
     * @param process answers what is no issuer's: health and metrics, and what is nobody's
     */
    IssuerRouter(Router process, Collection<HostedIssuer> issuers) {
        this.process = process;
        this.processPaths = process.routes().stream().map(route -> route.path()).collect(Collectors.toSet());
        int depth = 0;
        for (HostedIssuer issuer : issuers) {
            URI url = URI.create(issuer.url());
            byHostAndPath
                    .computeIfAbsent(Hosts.canonical(url.getHost()), _ -> new HashMap<>())
                    .put(url.getRawPath(), issuer);
            depth = Math.max(
                    depth, (int) url.getRawPath().chars().filter(c -> c == '/').count());
        }
        this.deepest = depth;
    }

    @Override
    public Response handle(Request request) {
        if (processPaths.contains(request.path())) {
            return process.handle(request);
        }
        Map<String, HostedIssuer> byPath =
                Hosts.of(request).map(byHostAndPath::get).orElse(null);
        if (byPath == null) {
            return process.handle(request);
        }
        Matcher wellKnown = WELL_KNOWN.matcher(request.path());
        if (wellKnown.matches()) {
            HostedIssuer inserted = byPath.get(wellKnown.group(2));
            if (inserted != null) {
                return inserted.handle(request.withPath(wellKnown.group(1)));
            }
        }
        return handle(request, byPath);
    }

    private Response handle(Request request, Map<String, HostedIssuer> byPath) {
        String path = request.path();
        int end = 0;
        for (int depth = 0; depth <= deepest && end >= 0; depth++) {
            @Nullable HostedIssuer issuer = byPath.get(path.substring(0, end));
            if (issuer != null) {
                return issuer.handle(request.withPath(path.substring(end)));
            }
            end = nextSlash(path, end + 1);
        }
        return process.handle(request);
    }

    /** Where the next segment ends; -1 behind the last one. */
    private static int nextSlash(String path, int from) {
        if (from > path.length()) {
            return -1;
        }
        int slash = path.indexOf('/', from);
        return slash < 0 ? path.length() : slash;
    }
}
