package dev.latchkey.server.setting;

import dev.latchkey.server.http.TrustedProxies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts the sources on top of each other and reads the settings from the result. */
final class SettingsReader {
    private final Map<String, String> environment;
    private final Problems problems;

    SettingsReader(Map<String, String> environment, Problems problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** All keys of the file but those within a user or client, in the order of the reference page. */
    static List<Key<?>> keys() {
        List<Key<?>> keys = new ArrayList<>(GeneralKeys.ALL);
        keys.addAll(TokenKeys.ALL);
        keys.addAll(ServiceKeys.ALL);
        keys.addAll(PageKeys.ALL);
        keys.addAll(NetworkKeys.ALL);
        keys.addAll(AuditKeys.ALL);
        keys.addAll(RegistrationKeys.ALL);
        keys.addAll(StoreKeys.ALL);
        keys.add(UserKeys.list());
        keys.add(ClientKeys.list(Set.of()));
        return keys;
    }

    SettingsOutcome read(String fileName, String text, List<String> overrides) {
        Overlay overlay = new Overlay(keys(), environment, problems);
        if (!text.isEmpty()) {
            overlay.addFile(fileName, text);
        }
        overlay.addEnvironment();
        overrides.forEach(overlay::addOverride);
        Settings settings = settings(overlay.section());
        return problems.isEmpty()
                ? new SettingsOutcome.Accepted(settings)
                : new SettingsOutcome.Refused(problems.all());
    }

    private Settings settings(Section section) {
        Path data = Path.of(section.get(GeneralKeys.DATA));
        Map<String, String> scopes = section.find(GeneralKeys.SCOPES).orElse(Map.of());
        Settings settings = new Settings(
                section.find(GeneralKeys.ISSUER),
                section.get(GeneralKeys.HOST),
                section.get(GeneralKeys.PORT),
                section.find(GeneralKeys.MANAGEMENT_PORT),
                data,
                StoreKeys.read(section, data),
                TokenKeys.read(section),
                TokenKeys.browserSessions(section),
                ServiceKeys.keys(section, data),
                ServiceKeys.passwords(section),
                ServiceKeys.lockOut(section),
                ServiceKeys.limits(section),
                NetworkKeys.tls(section),
                NetworkKeys.outbound(section),
                AuditKeys.read(section),
                RegistrationKeys.read(section, scopes.keySet()),
                scopes,
                PageKeys.read(section),
                section.find(UserKeys.list()).orElse(List.of()),
                section.find(ClientKeys.list(scopes.keySet())).orElse(List.of()),
                section.get(GeneralKeys.LOGIN_CLIENT),
                new TrustedProxies(section.find(GeneralKeys.TRUSTED_PROXIES).orElse(List.of())),
                section.get(GeneralKeys.LOG));
        checkIssuer(section, settings);
        checkPorts(section, settings);
        return settings;
    }

    private static void checkIssuer(Section section, Settings settings) {
        boolean insecure = section.get(GeneralKeys.INSECURE_HTTP_ISSUER);
        if (settings.issuer().isPresent() && !Urls.isIssuer(settings.issuer().get(), insecure)) {
            section.refuse(
                    GeneralKeys.ISSUER,
                    "is plain http on a host other than localhost; use https, or set insecure-http-issuer");
        }
        boolean https = settings.issuerAt(settings.port()).startsWith("https:");
        if (settings.tls().isPresent() && !https) {
            section.refuse(GeneralKeys.ISSUER, "is plain http, and tls.certificate is given");
        }
        if (!https && !insecure && !Urls.isLoopback(settings.host())) {
            section.refuse(
                    GeneralKeys.HOST,
                    "lets others in while passwords and tokens go by plain http; set an https issuer and put a proxy"
                            + " with TLS before it, or set insecure-http-issuer");
        }
    }

    private static void checkPorts(Section section, Settings settings) {
        if (settings.port() != 0 && settings.managementPort().equals(Optional.of(settings.port()))) {
            section.refuse(GeneralKeys.MANAGEMENT_PORT, "is the same as port");
        }
    }
}
