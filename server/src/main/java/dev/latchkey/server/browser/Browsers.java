package dev.latchkey.server.browser;

import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Knows browsers by their cookie: {@code HttpOnly}, {@code SameSite=Lax}, for this host only, gone when the browser closes;
 * over https with the {@code __Host-} prefix and {@code Secure} (RFC 6265bis §4.1.3, OWASP ASVS 5.0 V3.3). Safe for many
 * threads.
 */
public final class Browsers {
    private static final String COOKIE = "latchkey";
    private static final String HOST_PREFIX = "__Host-";
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Lax";

    private final boolean secure;
    private final String name;
    private final SecureRandom random;

    /**
     * Knows the browsers of an issuer.
     *
     * @param secure whether the issuer is reached over https
     */
    public Browsers(boolean secure, SecureRandom random) {
        this(secure, Optional.empty(), random);
    }

    /**
     * Knows the browsers of one of several issuers.
     *
     * @param issuer the name of one that shares its host with others: a cookie of a path is not safe from the rest of its host,
     *     so each has a name of its own, and none leaves the host
     */
    public Browsers(boolean secure, Optional<String> issuer, SecureRandom random) {
        this.secure = secure;
        this.name = (secure ? HOST_PREFIX : "")
                + issuer.map(name -> COOKIE + "-" + name).orElse(COOKIE);
        this.random = random;
    }

    /** The browser that a request comes from, if it has a cookie of ours. */
    public Optional<Browser> find(Request request) {
        return request.cookie(name).flatMap(Browser::ofCookie);
    }

    /** The browser that a request comes from, or one that is new; {@link #remember} tells it who it is. */
    public Browser of(Request request) {
        return find(request).orElseGet(this::create);
    }

    /** A browser that has no past: for after a login, so that nobody can know its cookie from before. */
    public Browser create() {
        byte[] secret = new byte[Browser.SECRET_BYTES];
        random.nextBytes(secret);
        return new Browser(secret);
    }

    /** The answer with the browser's cookie. */
    public Response remember(Response response, Browser browser) {
        return response.withHeader("Set-Cookie", name + "=" + browser.cookie() + attributes());
    }

    /** The answer with the browser's cookie where the request came without one: a form in the answer needs it. */
    public Response introduce(Response response, Browser browser, Request request) {
        return find(request).isPresent() ? response : remember(response, browser);
    }

    /** The answer that makes the browser forget its cookie. */
    public Response forget(Response response) {
        return response.withHeader("Set-Cookie", name + "=" + attributes() + "; Max-Age=0");
    }

    private String attributes() {
        return secure ? ATTRIBUTES + "; Secure" : ATTRIBUTES;
    }
}
