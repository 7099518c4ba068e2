package dev.latchkey.server.signout;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.session.Session;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The addresses of clients that a browser loads in frames when its user signs out (OpenID Connect Front-Channel Logout §3). */
final class FrontChannel {
    /** More frames than this keep a browser busy for longer than anybody waits. */
    private static final int MAX_FRAMES = 30;

    private FrontChannel() {}

    /** For the sessions that ended, the newest first; what is more than a page can bear is left out. */
    static List<String> uris(String issuer, List<Session> ended, Map<ClientId, Client> clients) {
        return ended.stream()
                .flatMap(session -> Stream.ofNullable(clients.get(session.clientId()))
                        .flatMap(
                                client -> uri(issuer, session, client.metadata().logout()).stream()))
                .distinct()
                .limit(MAX_FRAMES)
                .toList();
    }

    private static Optional<String> uri(String issuer, Session session, ClientMetadata.Logout logout) {
        return logout.frontChannelUri()
                .map(uri -> logout.frontChannelSessionRequired()
                        ? uri + (uri.indexOf('?') < 0 ? "?" : "&") + "iss=" + encoded(issuer) + "&sid="
                                + encoded(session.id().value())
                        : uri);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
