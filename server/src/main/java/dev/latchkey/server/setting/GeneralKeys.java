package dev.latchkey.server.setting;

import dev.latchkey.server.http.AddressRange;
import dev.latchkey.server.log.LogFormat;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys at the top of the file that stand alone. */
final class GeneralKeys {
    private static final int MAX_PORT = 65535;

    static final Key<String> ISSUER = Key.of(
                    "issuer",
                    Types.text(
                            "URL",
                            "a URL without query, fragment and trailing slash",
                            text -> Urls.isIssuer(text, true)),
                    "The name of this server in tokens and metadata, and the start of the address of every endpoint."
                            + " https, but on localhost")
            .absent("http://localhost:PORT, https with tls");
    static final Key<Boolean> INSECURE_HTTP_ISSUER = Key.of(
                    "insecure-http-issuer",
                    Types.flag(),
                    "Lets the issuer be plain http on another host than localhost: tokens and passwords can then be"
                            + " read on the way")
            .or("false");
    static final Key<String> HOST = Key.of(
                    "host",
                    Types.text(
                            "address or name",
                            "an address or host name",
                            text -> text.matches("[0-9A-Za-z._:%-]{1,255}")),
                    "The address to listen at; 0.0.0.0 or :: for all")
            .or("127.0.0.1");
    static final Key<Integer> PORT = Key.of(
                    "port", Types.whole(0, MAX_PORT), "The port to listen at; 0 takes a free one")
            .or("9000");
    static final Key<Integer> MANAGEMENT_PORT = Key.of(
                    "management-port",
                    Types.whole(0, MAX_PORT),
                    "Another port that serves health and metrics only; /metrics is then not served on the first one")
            .absent("none");
    static final Key<String> DATA = Key.of(
                    "data",
                    Types.text("folder", "the path of a folder", GeneralKeys::isPath),
                    "The data folder, made at the first start")
            .or("latchkey-data");
    static final Key<Map<String, String>> SCOPES = Key.of(
                    "scopes",
                    new MapType<>(
                            new ScalarType<>(
                                    "scope",
                                    "a scope: visible ASCII without quotes and backslashes",
                                    GeneralKeys::scope),
                            Types.text()),
                    "Your own scopes and what each allows, in words for the person who is asked. openid, profile,"
                            + " email, address, phone and offline_access are always there")
            .absent("none");
    static final Key<String> LOGIN_CLIENT = Key.of(
                    "login-client",
                    Types.text("client_id", "a client_id", ClientId::isValid),
                    "The client that sessions begun at /login belong to, unless the request names another; first-party"
                            + " is built in")
            .or("first-party");
    static final Key<List<AddressRange>> TRUSTED_PROXIES = Key.of(
                    "trusted-proxies",
                    new ListType<>(new ScalarType<>(
                            "address range", "an address range such as 10.0.0.0/8", GeneralKeys::addressRange)),
                    "Proxies whose X-Forwarded headers count")
            .absent("none");
    static final Key<LogFormat> LOG = Key.of(
                    "log", Types.oneOf(formats()), "How events are written to standard error, one line each")
            .or("text");

    static final List<Key<?>> ALL = List.of(
            ISSUER,
            INSECURE_HTTP_ISSUER,
            HOST,
            PORT,
            MANAGEMENT_PORT,
            DATA,
            SCOPES,
            LOGIN_CLIENT,
            TRUSTED_PROXIES,
            LOG);

    private GeneralKeys() {}

    private static Map<String, LogFormat> formats() {
        Map<String, LogFormat> formats = new LinkedHashMap<>();
        for (LogFormat format : LogFormat.values()) {
            formats.put(Types.lower(format), format);
        }
        return Collections.unmodifiableMap(formats);
    }

    private static Optional<String> scope(String text) {
        return Scope.parse(text)
                .filter(scope -> scope.tokens().size() == 1 && scope.toString().equals(text))
                .map(Object::toString);
    }

    private static Optional<AddressRange> addressRange(String text) {
        try {
            return Optional.of(AddressRange.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static boolean isPath(String text) {
        return !text.isBlank() && text.codePoints().noneMatch(Character::isISOControl);
    }
}
