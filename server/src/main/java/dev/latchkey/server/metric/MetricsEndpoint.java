package dev.latchkey.server.metric;

import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Headers;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.http.TrustedProxies;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * {@code GET /metrics} in the text format of Prometheus, for this machine and trusted addresses; to all others there is no
 * such page. A request that came through a proxy nobody named as trusted looks like one from this machine, so one that says
 * it was forwarded is not taken for that.
 */
public final class MetricsEndpoint implements Handler {
    private final Meters meters;
    private final TrustedProxies trusted;
    private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();

    public MetricsEndpoint(Meters meters, TrustedProxies trusted) {
        this.meters = meters;
        this.trusted = trusted;
    }

    @Override
    public Response handle(Request request) {
        if (!isAllowed(request)) {
            throw new OAuthException(OAuthError.notFound());
        }
        ByteArrayOutputStream page = new ByteArrayOutputStream(16 * 1024);
        try {
            writer.write(page, meters.snapshot(), EscapingScheme.DEFAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Response.of(
                        200,
                        PrometheusTextFormatWriter.CONTENT_TYPE,
                        page.toByteArray(),
                        "default-src 'none'; frame-ancestors 'none'")
                .withNoStore();
    }

    private boolean isAllowed(Request request) {
        if (trusted.trusts(request.remoteAddress())) {
            return true;
        }
        Headers headers = request.headers();
        boolean forwarded = headers.first(Headers.X_FORWARDED_FOR).isPresent()
                || headers.first(Headers.FORWARDED).isPresent();
        return request.remoteAddress().isLoopbackAddress() && !forwarded;
    }
}
