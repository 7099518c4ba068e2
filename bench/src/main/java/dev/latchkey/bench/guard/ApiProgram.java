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
        /** Listens at this port of 127.0.0.1; without a guard the API is open. */
        void start(int port, @Nullable Guard guard) throws Exception;
    }

    /** The web servers, in the order in which they are measured. */
    enum Kind {
        JDK("JDK HttpServer"),
        SERVLET("Servlet, Tomcat"),
        HELIDON("Helidon SE"),
        JAVALIN("Javalin"),
        JERSEY("Jakarta REST, Jersey");

        final String title;

        Kind(String title) {
            this.title = title;
        }

        Api api() {
            return switch (this) {
                case JDK -> new JdkApi();
                case SERVLET -> new ServletApi();
                case HELIDON -> new HelidonApi();
                case JAVALIN -> new JavalinApi();
                case JERSEY -> new JerseyApi();
            };
        }
    }

    /** Arguments: the kind, the port, and the issuer if the API is to be guarded. */
    public static void main(String[] arguments) throws Exception {
        Kind kind = Kind.valueOf(arguments[0].toUpperCase(Locale.ROOT));
        Guard guard = arguments.length < 3
                ? null
                : Guard.issuer(arguments[2]).audience(AUDIENCE).build();
        kind.api().start(Integer.parseInt(arguments[1]), guard);
    }

    /** The body of the answer. */
    static byte[] order() {
        return ORDER;
    }
}
