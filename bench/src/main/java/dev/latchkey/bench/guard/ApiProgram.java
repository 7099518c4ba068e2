package dev.latchkey.bench.guard;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.Guard;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The API on one of the web servers, in a process of its own: {@code GET /health} for everybody and {@code GET /orders/7},
 * which needs a scope unless the API is open. Each as it comes, with the threads that are its default.
 */
final class ApiProgram {
    static final String AUDIENCE = "https://orders.example";
    static final Access READ = Access.authenticated().scopes("orders:read");

    private static final byte[] ORDER = "{\"id\":\"7\",\"item\":\"book\"}".getBytes(StandardCharsets.US_ASCII);

    private ApiProgram() {}

    /** Starts the API. */
    @FunctionalInterface
    interface Api {
        /** @param guard null for an open API */
        void start(int port, @Nullable Guard guard) throws Exception;
    }

    /** The web servers, in the order in which they are measured. */
    enum Kind {
        JDK("JDK HttpServer", new JdkApi()),
        SERVLET("Servlet, Tomcat", new ServletApi()),
        HELIDON("Helidon SE", new HelidonApi()),
        JAVALIN("Javalin", new JavalinApi()),
        JERSEY("Jakarta REST, Jersey", new JerseyApi());

        final String title;
        final Api api;

        Kind(String title, Api api) {
            this.title = title;
            this.api = api;
        }
    }

    /** Arguments: the kind, the port, and the issuer if the API is to be guarded. */
    public static void main(String[] arguments) throws Exception {
        Kind kind = Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        Guard guard = arguments.length < 3
                ? null
                : Guard.issuer(arguments[2]).audience(AUDIENCE).build();
        kind.api.start(Integer.parseInt(arguments[1]), guard);
    }

    /** The body of the answer. */
    static byte[] order() {
        return ORDER;
    }
}
