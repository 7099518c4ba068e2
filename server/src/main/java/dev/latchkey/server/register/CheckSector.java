package dev.latchkey.server.register;

import dev.latchkey.server.client.ClientMetadata;
import dev.latchkey.server.client.ClientMetadata.SubjectType;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.outbound.OutboundException;
import dev.latchkey.token.Json;
import dev.latchkey.token.JsonException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has a sector vouch for the redirect URIs of its clients, so that nobody takes part in a sector that is not his own (OpenID
 * Connect Core §8.1, Registration §5). Asks another server, so it comes last.
 */
final class CheckSector implements MetadataCheck {
    private static final System.Logger LOG = System.getLogger(CheckSector.class.getName());
    private static final String SECTOR = "sector_identifier_uri";

    private final Outbound outbound;

    CheckSector(Outbound outbound) {
        this.outbound = outbound;
    }

    @Override
    public void check(ClientMetadata metadata) {
        if (metadata.signIn().sectorIdentifierUri().isPresent()) {
            requireListed(
                    metadata.redirectUris(),
                    URI.create(metadata.signIn().sectorIdentifierUri().get()));
        } else if (metadata.signIn().subjectType() == SubjectType.PAIRWISE) {
            requireOneHost(metadata.redirectUris());
        }
    }

    private static void requireOneHost(List<String> redirectUris) {
        List<URI> uris = redirectUris.stream().map(URI::create).toList();
        // what is installed shares its loopback addresses with everything else on that machine
        boolean ownHosts = uris.stream().allMatch(uri -> WebUri.isHttps(uri) && !WebUri.isLocalHost(uri));
        Set<String> hosts = uris.stream()
                .map(uri -> String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (!ownHosts || hosts.size() != 1) {
            throw InvalidMetadata.of(
                    SECTOR, "is missing: pairwise subjects need it unless all redirect_uris are https on one host");
        }
    }

    private void requireListed(List<String> redirectUris, URI sectorIdentifierUri) {
        List<?> listed = fetch(sectorIdentifierUri);
        if (!listed.stream().allMatch(String.class::isInstance) || !listed.containsAll(redirectUris)) {
            throw InvalidMetadata.of(SECTOR, "leads to a list that does not have all redirect_uris");
        }
    }

    private List<?> fetch(URI uri) {
        try {
            if (Json.parse(outbound.get(uri).text()) instanceof List<?> list) {
                return list;
            }
        } catch (JsonException _) {
            throw unreadable();
        } catch (OutboundException e) {
            LOG.log(Level.INFO, "no document at a {0}: {1}", SECTOR, e.getMessage());
            throw unreadable(); // one answer for all reasons, or this server would tell what is behind the firewall
        }
        throw unreadable();
    }

    private static RuntimeException unreadable() {
        return InvalidMetadata.of(SECTOR, "does not lead to a JSON list of redirect URIs");
    }
}
