package dev.latchkey.server.page;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientMetadata;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An application as pages show it (OpenID Connect Registration §2). All of it is what the application says of itself: the
 * texts are escaped, links are made of http and https only, and a logo that would have to be fetched from elsewhere is not
 * shown.
 */
public record ClientView(
        String name,
        Optional<String> logoUri,
        Optional<String> clientUri,
        Optional<String> policyUri,
        Optional<String> tosUri) {
    /** Controls, separators of lines, and format characters but the joiners that some scripts need. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}&&[^\\u200c\\u200d]]");

    public ClientView {
        Objects.requireNonNull(name);
        Objects.requireNonNull(logoUri);
        Objects.requireNonNull(clientUri);
        Objects.requireNonNull(policyUri);
        Objects.requireNonNull(tosUri);
    }

    /** The client as its metadata describes it; by its id where it has no name. */
    public static ClientView of(Client client) {
        String name = client.metadata().clientName();
        ClientMetadata.About about = client.metadata().about();
        return new ClientView(
                visible(name).isBlank() ? client.id().value() : visible(name),
                about.logoUri(),
                about.clientUri(),
                about.policyUri(),
                about.tosUri());
    }

    /** Without what turns the sentence around it about, hides in it, or breaks it (UAX #9 §2, OWASP ASVS 5.0 V1.2). */
    private static String visible(String name) {
        return UNSEEN.matcher(name).replaceAll("");
    }

    /** One that says nothing but its name. */
    public static ClientView named(String name) {
        return new ClientView(name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
