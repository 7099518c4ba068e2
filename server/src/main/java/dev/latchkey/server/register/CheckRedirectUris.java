package dev.latchkey.server.register;

import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientMetadata.ApplicationType;
import java.net.URI;
import java.util.List;

/**
 * Takes addresses that a browser may be sent to: https for web applications; for native ones a private-use scheme, http on
 * loopback, or https that the application has claimed (OpenID Connect Registration §2, RFC 8252 §7).
 */
final class CheckRedirectUris implements MetadataCheck {
    private static final int MOST = 20;

    @Override
    public void check(ClientMetadata metadata) {
        ApplicationType type = metadata.signIn().applicationType();
        check("redirect_uris", metadata.redirectUris(), type);
        check("post_logout_redirect_uris", metadata.logout().postLogoutRedirectUris(), type);
    }

    private static void check(String member, List<String> uris, ApplicationType type) {
        if (uris.size() > MOST) {
            throw InvalidMetadata.of(member, "has more than " + MOST);
        }
        for (String text : uris) {
            URI uri = WebUri.read(text)
                    .orElseThrow(() -> InvalidMetadata.of(member, "has a value that is not an absolute URI"));
            if (WebUri.hasFragment(uri)) { // RFC 6749 §3.1.2
                throw InvalidMetadata.of(member, "has a URI with a fragment");
            }
            switch (type) {
                case WEB -> {
                    if (!WebUri.isHttps(uri) || WebUri.isLocalHost(uri)) {
                        throw InvalidMetadata.of(
                                member, "has a URI that is not https on a host of its own; for application_type web");
                    }
                }
                case NATIVE -> {
                    boolean claimed = WebUri.isHttps(uri) && !WebUri.isLocalHost(uri);
                    if (!claimed && !WebUri.isLoopbackHttp(uri) && !isPrivateUse(uri)) {
                        throw InvalidMetadata.of(
                                member,
                                "has a URI that is neither https, nor http on loopback, nor of a scheme that is a"
                                        + " reversed domain name; for application_type native");
                    }
                }
            }
        }
    }

    /** A scheme with a dot, as a domain name that is its owner's has; that keeps javascript and its like out, too. */
    private static boolean isPrivateUse(URI uri) {
        return uri.getScheme().indexOf('.') > 0 // RFC 8252 §8.4
                && !uri.getSchemeSpecificPart().isBlank()
                && (uri.getRawAuthority() == null || uri.getRawAuthority().indexOf('@') < 0);
    }
}
