package dev.latchkey.server.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.TestServer;
import dev.latchkey.token.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Discovery tells what is on, configuration by configuration, and nothing in it is without its endpoint. */
class DiscoveryGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/latchkey/server/discovery");
    private static final String CHEAP = "passwords: {argon2-memory: 7MiB, argon2-iterations: 1}\n";

    private static Map<String, String> configurations() {
        Map<String, String> configurations = new LinkedHashMap<>();
        configurations.put("default", CHEAP);
        configurations.put("scopes", CHEAP + "scopes: {'orders:read': Read your orders}");
        configurations.put("ps256", CHEAP + "tokens: {signing-algorithm: PS256}");
        configurations.put("es384", CHEAP + "tokens: {signing-algorithm: ES384}");
        configurations.put(
                "hs256", CHEAP + "tokens: {signing-algorithm: HS256, shared-secret: 0123456789abcdef0123456789abcdef}");
        configurations.put("registration", CHEAP + "registration: {access: open}");
        configurations.put("initial-access-token", CHEAP + "registration: {access: initial-access-token}");
        return configurations;
    }

    static Stream<String> names() {
        return configurations().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void theDocumentIsAsItWas(String name) throws IOException {
        try (TestServer server = TestServer.start(configurations().getOrDefault(name, ""))) {
            String document = lines(server.get("/.well-known/openid-configuration")
                    .body()
                    .replace(server.url(), "https://issuer.example"));
            Path golden = GOLDEN.resolve(name + ".json");
            if ("write".equals(System.getProperty("page"))) {
                Files.createDirectories(GOLDEN);
                Files.writeString(golden, document);
            }
            assertThat(golden)
                    .as("if the change is meant: -Dtest=DiscoveryGoldenTest -Dpage=write")
                    .hasContent(document);
        }
    }

    /** A member a line, so that a difference is read at a glance. */
    private static String lines(String json) {
        StringBuilder lines = new StringBuilder("{\n");
        Json.parseObject(json)
                .forEach((name, value) -> lines.append("  ")
                        .append(Json.write(name))
                        .append(": ")
                        .append(Json.write(value))
                        .append(",\n"));
        return lines.delete(lines.length() - 2, lines.length()).append("\n}\n").toString();
    }

    @Test
    void everyEndpointThatIsToldIsServed() {
        for (String name : List.of("default", "registration")) {
            try (TestServer server = TestServer.start(configurations().getOrDefault(name, ""))) {
                server.get("/.well-known/openid-configuration").json().forEach((member, value) -> {
                    if (member.endsWith("_endpoint") || member.equals("jwks_uri")) {
                        String path = ((String) value).substring(server.url().length());
                        assertThat(server.get(path).status()).as(member).isNotEqualTo(404);
                    }
                });
            }
        }
    }

    @Test
    void bothDocumentsAreOne() {
        try (TestServer server = TestServer.start()) {
            assertThat(server.get("/.well-known/oauth-authorization-server").body())
                    .isEqualTo(server.get("/.well-known/openid-configuration").body());
        }
    }
}
