package dev.latchkey.server.register;

import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientMetadata.About;
import dev.latchkey.server.client.ClientMetadata.Logout;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Takes https addresses of what people are shown, what the server calls and what browsers load. None is asked here. */
final class CheckLinks implements MetadataCheck {
    @Override
    public void check(ClientMetadata metadata) {
        About about = metadata.about();
        check("client_uri", about.clientUri());
        check("logo_uri", about.logoUri());
        check("policy_uri", about.policyUri());
        check("tos_uri", about.tosUri());
        checkWhole("jwks_uri", metadata.jose().jwksUri());
        checkWhole("sector_identifier_uri", metadata.signIn().sectorIdentifierUri());
        checkWhole("initiate_login_uri", metadata.signIn().initiateLoginUri());
        Logout logout = metadata.logout();
        checkWhole("backchannel_logout_uri", logout.backChannelUri()); // Back-Channel Logout §2.2
        checkWhole("frontchannel_logout_uri", logout.frontChannelUri());
        logout.frontChannelUri().ifPresent(uri -> requireOriginOfRedirect(uri, metadata));
    }

    private static void check(String member, Optional<String> text) {
        if (text.isPresent() && WebUri.read(text.get()).filter(WebUri::isHttps).isEmpty()) {
            throw InvalidMetadata.of(member, "is not an https URL");
        }
    }

    private static void checkWhole(String member, Optional<String> text) {
        check(member, text);
        if (text.flatMap(WebUri::read).filter(WebUri::hasFragment).isPresent()) {
            throw InvalidMetadata.of(member, "has a fragment");
        }
    }

    // OpenID Connect Front-Channel Logout §2
    private static void requireOriginOfRedirect(String frontChannelUri, ClientMetadata metadata) {
        String origin = origin(frontChannelUri);
        if (metadata.redirectUris().stream()
                .noneMatch(redirect -> origin(redirect).equals(origin))) {
            throw InvalidMetadata.of(
                    "frontchannel_logout_uri", "does not have the scheme, host and port of one of redirect_uris");
        }
    }

    private static String origin(String text) {
        URI uri = URI.create(text);
        int port = uri.getPort() == -1 && uri.getScheme().equalsIgnoreCase("https") ? 443 : uri.getPort();
        return (uri.getScheme() + "://" + uri.getHost() + ":" + port).toLowerCase(Locale.ROOT);
    }
}
