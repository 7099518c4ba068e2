package dev.latchkey.server.setting;

import dev.latchkey.server.http.TrustedProxies;
import dev.latchkey.server.setting.Settings.HostingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        keys.addAll(IssuerKeys.ALL);
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
        Settings settings = settings(overlay);
        return problems.isEmpty()
                ? new SettingsOutcome.Accepted(settings)
                : new SettingsOutcome.Refused(problems.all());
    }

    private Settings settings(Overlay overlay) {
        Section top = overlay.section();
        Map<String, Value.Fields> entries = top.find(IssuerKeys.ISSUERS).orElse(Map.of());
        HostingSettings none = new HostingSettings(Optional.empty(), Map.of(), top.get(IssuerKeys.OPEN_ISSUERS));
        if (entries.isEmpty()) {
            Settings settings = settings(top, none);
            checkAddress(top, settings, settings.issuerAt(portToCheck(settings)));
            return settings;
        }
        IssuerKeys.checkTop(top);
        Settings process = settings(top, none);
        if (!problems.isEmpty()) {
            return process; // whatever is wrong there would be told again for each issuer
        }
        Map<String, Settings> issuers = new LinkedHashMap<>();
        Map<String, Section> sections = new LinkedHashMap<>();
        List<Key<?>> keys = keys();
        entries.forEach((name, entry) -> {
            Overlay own = new Overlay(keys, environment, problems);
            own.addMapping(entry);
            Map<String, Value> values = IssuerKeys.values(name, overlay.values(), own.values(), problems);
            Section section =
                    Section.of(new Value.Fields(entry.place(), values), "issuers." + name + ".", keys, problems);
            sections.put(name, section);
            issuers.put(name, settings(section, new HostingSettings(Optional.of(name), Map.of(), none.open())));
        });
        Settings all = process.withHosting(new HostingSettings(Optional.empty(), issuers, none.open()));
        sections.forEach((name, section) ->
                checkAddress(section, Objects.requireNonNull(issuers.get(name)), all.issuerAt(portToCheck(all), name)));
        IssuerKeys.check(all, sections);
        return all;
    }

    /** One that a URL can have, where a free one is taken. */
    private static int portToCheck(Settings settings) {
        return Math.max(1, settings.port());
    }

    private Settings settings(Section section, HostingSettings hosting) {
        Path data = Path.of(section.get(GeneralKeys.DATA));
        Map<String, String> scopes = section.find(GeneralKeys.SCOPES).orElse(Map.of());
        Settings settings = new Settings(
                section.find(GeneralKeys.ISSUER),
                section.get(GeneralKeys.HOST),
                section.get(GeneralKeys.PORT),
                section.find(GeneralKeys.MANAGEMENT_PORT),
                data,
                StoreKeys.read(section, hosting.name(), data),
                TokenKeys.read(section),
                TokenKeys.browserSessions(section),
                TokenKeys.pushedRequests(section),
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
                section.get(GeneralKeys.LOG),
                hosting);
        checkPorts(section, settings);
        return settings;
    }

    private static void checkAddress(Section section, Settings settings, String url) {
        boolean insecure = section.get(GeneralKeys.INSECURE_HTTP_ISSUER);
        if (!Urls.isIssuer(url, insecure)) {
            section.refuse(
                    GeneralKeys.ISSUER,
                    "is plain http on a host other than localhost; use https, or set insecure-http-issuer");
        }
        boolean https = url.startsWith("https:");
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
