package dev.latchkey.client.spring;

import dev.latchkey.client.InvalidToken;
import dev.latchkey.client.Origin;
import dev.latchkey.client.TokenException;
import dev.latchkey.client.TokenSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Gives each request of a {@code RestClient} or {@code RestTemplate} an access token.
 *
 * <pre>{@code
 * RestClient orders = RestClient.builder()
 *         .baseUrl("https://orders.example")
 *         .requestInterceptor(new TokenInterceptor(source, "https://orders.example"))
 *         .build();
 * }</pre>
 *
 * <p>A request for another origin is refused, so that no token is sent to strangers. If the API refuses the token itself
 * ({@code invalid_token}, RFC 6750 §3.1), the request is sent once more with another one. Use a request factory that does not
 * follow redirects, {@code JdkClientHttpRequestFactory} for instance, and give this interceptor last: those behind it do not
 * see what is sent once more by every version of Spring. Safe for many threads.
 */
public final class TokenInterceptor implements ClientHttpRequestInterceptor {
    private final TokenSource source;
    private final Origin origin;

    /** @param url of the API: of what has the same scheme, host and port tokens are sent to */
    public TokenInterceptor(TokenSource source, String url) {
        this.source = source;
        this.origin = Origin.of(url);
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        origin.require(request.getURI());
        String token = source.token();
        request.getHeaders().setBearerAuth(token);
        ClientHttpResponse response = execution.execute(request, body);
        if (!InvalidToken.isIn(response.getStatusCode().value(), challenges(response))) {
            return response;
        }
        source.invalidate(token);
        String next;
        try {
            next = source.token();
        } catch (TokenException e) {
            return response; // the refusal tells more than that there is no other token now, and holds a connection
        }
        if (next.equals(token)) {
            return response;
        }
        response.close();
        request.getHeaders().setBearerAuth(next);
        return execution.execute(request, body);
    }

    /** By a method that Spring 6 and 7 both have. */
    private static List<String> challenges(ClientHttpResponse response) {
        List<String> challenges = new ArrayList<>();
        response.getHeaders().forEach((name, values) -> {
            if (name.equalsIgnoreCase("WWW-Authenticate")) {
                challenges.addAll(values);
            }
        });
        return challenges;
    }
}
