package dev.latchkey.server.token;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata.SubjectType;
import dev.latchkey.server.user.User;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The {@code sub} by which a client knows a user: the user's id, or for a pairwise client one that only its sector sees
 * (OpenID Connect Core §8.1). The same for every token, so that none of them tells the other. Immutable.
 */
public final class Subjects {
    private final SecretKeySpec key;

    /**
     * Makes subjects.
     *
     * @param secret of this issuer; pairwise subjects change with it
     */
    public Subjects(byte[] secret) {
        this.key = new SecretKeySpec(secret, "HmacSHA256");
    }

    public String of(User user, Client client) {
        return client.metadata().signIn().subjectType() == SubjectType.PUBLIC
                ? user.id().value()
                : pairwise(sector(client), user.id().value());
    }

    private String pairwise(String sector, String userId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update((sector + "\0").getBytes(StandardCharsets.UTF_8));
            byte[] subject = mac.doFinal(userId.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(subject);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 failed", e);
        }
    }

    /** The host of {@code sector_identifier_uri}, or of the redirect URIs, which registration wants to be one. */
    private static String sector(Client client) {
        Optional<String> sectorUri = client.metadata().signIn().sectorIdentifierUri();
        List<String> redirectUris = client.metadata().redirectUris();
        return sectorUri
                .or(() -> redirectUris.stream().findFirst())
                .map(uri -> URI.create(uri).getHost())
                .orElse(client.id().value());
    }
}
