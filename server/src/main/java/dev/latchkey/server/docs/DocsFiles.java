package dev.latchkey.server.docs;

import dev.latchkey.server.http.Route;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The files of the page, the same for every issuer of a process. Safe for many threads. */
public final class DocsFiles {
    /** The version of the WebJar, which is in the path of its files; the build has the same. */
    static final String SWAGGER_UI = "5.34.1";

    private static final String WEB_JAR = "/META-INF/resources/webjars/swagger-ui/" + SWAGGER_UI + "/";
    private static final List<String> OWN = List.of("docs.css", "docs.js", "inspector.js", "theme.js", "icon.svg");
    private static final List<String> SWAGGER = List.of("swagger-ui-bundle.js", "swagger-ui.css");

    private final String folder;
    private final List<Route> routes;

    public DocsFiles() {
        this.folder = "/docs/" + version() + "/";
        List<Route> files = new ArrayList<>();
        OWN.forEach(file -> files.add(Route.get(folder + file, new Asset(file))));
        SWAGGER.forEach(file -> files.add(Route.get(folder + file, new Asset(WEB_JAR + file))));
        this.routes = List.copyOf(files);
    }

    /** Where they are, with a slash at both ends. */
    String folder() {
        return folder;
    }

    List<Route> routes() {
        return routes;
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
}
