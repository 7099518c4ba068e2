package dev.latchkey.server.docs;

import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.Route;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code /docs}: the API to try out, with a login form, and the token inspector. Each of its files is a route of its own, so
 * there is no path that could lead anywhere else. Immutable.
 */
public final class DocsPage {
    /** The version of the WebJar, which is in the path of its files; the build has the same. */
    static final String SWAGGER_UI = "5.34.1";

    private static final String OPEN_API = "/openapi.json";
    private static final String WEB_JAR = "/META-INF/resources/webjars/swagger-ui/" + SWAGGER_UI + "/";
    private static final List<String> OWN = List.of("docs.css", "docs.js", "inspector.js", "theme.js", "icon.svg");
    private static final List<String> SWAGGER = List.of("swagger-ui-bundle.js", "swagger-ui.css");
    /** Swagger UI draws its arrows as data images; everything else is a file of this server. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String issuer;
    private final String version;
    private final OpenApi openApi;

    /**
     * The pages of an issuer.
     *
     * @param isServed whether a path of the API is served under its settings
     */
    public DocsPage(String issuer, Predicate<String> isServed) {
        this.issuer = issuer;
        this.version = version();
        this.openApi = new OpenApi(issuer, path -> path.equals(OPEN_API) || isServed.test(path));
    }

    /** The page, its files and the description. */
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/docs", this::page).withTrailingSlash());
        OWN.forEach(file -> routes.add(Route.get(assets() + file, new Asset(file))));
        SWAGGER.forEach(file -> routes.add(Route.get(assets() + file, new Asset(WEB_JAR + file))));
        routes.add(Route.get(OPEN_API, openApi).withCrossOrigin());
        return routes;
    }

    private Response page(Request request) {
        String base = basePath();
        String page = new String(Asset.bytes("index.html"), StandardCharsets.UTF_8)
                .replace("{{assets}}", escaped(base + assets().substring(0, assets().length() - 1)))
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

    private String assets() {
        return "/docs/" + version + "/";
    }

    /** Changes when any file does; the files of a WebJar change with its version. */
    private static String version() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OWN.forEach(file -> digest.update(Asset.bytes(file)));
            digest.update(SWAGGER_UI.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
