package dev.latchkey.server.http;

/**
 * A method and a path, and who answers there.
 *
 * @param method {@code GET}, {@code POST} …; a {@code GET} answers {@code HEAD} as well
 * @param path the exact path, from the first slash, without a trailing one
 * @param handler who answers
 * @param trailingSlash whether the path with a slash at its end is the same
 * @param crossOrigin whether scripts of any origin may call it and read the answer. Never for a page or for anything that
 *     reads a cookie: only for endpoints that a browser application calls with credentials of its own (RFC 9700 §2.6)
 */
public record Route(String method, String path, Handler handler, boolean trailingSlash, boolean crossOrigin) {
    public Route {
        if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
            throw new IllegalArgumentException("not the path of a route: " + path);
        }
    }

    public static Route get(String path, Handler handler) {
        return new Route("GET", path, handler, false, false);
    }

    public static Route post(String path, Handler handler) {
        return new Route("POST", path, handler, false, false);
    }

    public static Route of(String method, String path, Handler handler) {
        return new Route(method, path, handler, false, false);
    }

    /** The same route that also answers with a slash at the end of its path. */
    public Route withTrailingSlash() {
        return new Route(method, path, handler, true, crossOrigin);
    }

    /** The same route, open to scripts of other origins. */
    public Route withCrossOrigin() {
        return new Route(method, path, handler, trailingSlash, true);
    }
}
