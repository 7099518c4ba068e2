package dev.latchkey.server.docs;

import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code /docs}: the API to try out, with a login form, and the token inspector. Each of its files is a route of its own, so
 * there is no path that could lead anywhere else. Immutable.
 */
public final class DocsPage {
    private static final String OPEN_API = "/openapi.json";
    /** Swagger UI draws its arrows as data images; everything else is a file of this server. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String issuer;
    private final DocsFiles files;
    private final OpenApi openApi;

    /**
     * The pages of an issuer.
     *
     * @param files may be shared with other issuers
     * @param isServed whether a path of the API is served under its settings
     */
    public DocsPage(DocsFiles files, String issuer, Predicate<String> isServed) {
        this.files = files;
        this.issuer = issuer;
        this.openApi = new OpenApi(issuer, path -> path.equals(OPEN_API) || isServed.test(path));
    }

    /** The page, its files and the description. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/docs", this::page).withTrailingSlash());
        routes.addAll(files.routes());
        routes.add(Route.get(OPEN_API, openApi).withCrossOrigin());
        return routes;
    }

    private Response page(Request request) {
        String base = basePath();
        String page = new String(Asset.bytes("index.html"), StandardCharsets.UTF_8)
                .replace(
                        "{{assets}}",
                        escaped(base
                                + files.folder().substring(0, files.folder().length() - 1)))
                .replace("{{base}}", escaped(base))
                .replace("{{issuer}}", escaped(issuer));
        return Response.html(200, page, POLICY)
                .withHeader("Cache-Control", "no-cache")
                .withHeader("Cross-Origin-Opener-Policy", "same-origin");
    }

    /** What stands before each path for a browser: a proxy may serve the issuer under a path of its own. */
    private String basePath() {
        String path = URI.create(issuer).getRawPath();
        return path == null || path.equals("/") ? "" : path;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
