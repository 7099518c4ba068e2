package dev.latchkey.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.setting.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the unit of systemd, the recipe of the image, the compose file and nginx say of each other and of the server. */
class FilesTest {
    private static final Map<?, ?> COMPOSE =
            Deployment.documents(Deployment.text("compose/compose.yaml")).getFirst();

    private static String value(String text, String name) {
        Matcher line =
                Pattern.compile("^\\s*" + name + "[ =](.*)$", Pattern.MULTILINE).matcher(text);
        assertThat(line.find()).as(name).isTrue();
        return line.group(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"systemd/latchkey.yaml", "compose/latchkey.yaml"})
    void theServerTakesTheConfigurations(String file) {
        Settings settings = Deployment.settings(Deployment.text(file), Map.of());
        assertThat(settings.port()).isEqualTo(9000);
    }

    @Test
    void theUnitGivesAStopMoreTimeThanTheServerTakesAndTheStoreItsFolder() {
        String unit = Deployment.text("systemd/latchkey.service");
        Settings settings = Deployment.settings(Deployment.text("systemd/latchkey.yaml"), Map.of());
        assertThat(Integer.parseInt(value(unit, "TimeoutStopSec"))).isGreaterThan((int)
                settings.limits().drainDelay().plusSeconds(10).toSeconds());
        assertThat(Integer.parseInt(value(unit, "LimitNOFILE")))
                .isGreaterThan(settings.limits().connections());
        assertThat(value(unit, "ExecStart")).contains("--data /var/lib/" + value(unit, "StateDirectory") + " ");
        assertThat(value(unit, "ProtectSystem")).isEqualTo("strict");
        assertThat(value(unit, "NoNewPrivileges")).isEqualTo("yes");
    }

    @Test
    void theImageRunsAsANumberThatIsNotRootFromTheSameJavaAsItIsBuiltBy() {
        String recipe = Deployment.text("container/Dockerfile");
        assertThat(value(recipe, "USER")).isEqualTo("10001:10001");
        List<String> bases = Pattern.compile("^FROM (\\S+) AS", Pattern.MULTILINE)
                .matcher(recipe)
                .results()
                .map((MatchResult from) -> from.group(1))
                .toList();
        assertThat(bases).containsExactly("maven:3.9-eclipse-temurin-25", "eclipse-temurin:25-jre");
        assertThat(recipe.indexOf("latchkey prepare")).isLessThan(recipe.indexOf("USER "));
    }

    @Test
    void theImageIsBuiltFromFilesThatAreThere() {
        List<String> allowed = Deployment.text("container/Dockerfile.dockerignore")
                .lines()
                .filter(line -> line.startsWith("!") && !line.contains("*"))
                .map(line -> line.substring(1))
                .toList();
        assertThat(allowed)
                .isNotEmpty()
                .allSatisfy(path -> assertThat(Deployment.file("../" + path)).exists());
    }

    @Test
    void nginxKnowsTheInstancesAndTheyTrustIt() throws UnknownHostException {
        List<String> instances = new ArrayList<>();
        for (String name : List.of("latchkey-1", "latchkey-2")) {
            instances.add(Deployment.at(COMPOSE, "services/" + name + "/networks/inside/ipv4_address") + ":9000");
        }
        List<String> servers = Pattern.compile("^\\s*server (\\S+) max_fails", Pattern.MULTILINE)
                .matcher(Deployment.text("nginx/nginx.conf"))
                .results()
                .map((MatchResult server) -> server.group(1))
                .toList();
        assertThat(servers).isEqualTo(instances);
        Settings settings = Deployment.settings(Deployment.text("compose/latchkey.yaml"), Map.of());
        Object nginx = Deployment.at(COMPOSE, "services/nginx/networks/inside/ipv4_address");
        assertThat(settings.trustedProxies().trusts(InetAddress.getByName(String.valueOf(nginx))))
                .isTrue();
        assertThat(settings.trustedProxies().trusts(InetAddress.getByName("172.31.90.1")))
                .isFalse();
    }

    @Test
    void nginxTakesWhatTheServerTakesAndHangsUpFirst() {
        String nginx = Deployment.text("nginx/nginx.conf");
        Settings settings = Deployment.settings(Deployment.text("compose/latchkey.yaml"), Map.of());
        assertThat(value(nginx, "client_max_body_size"))
                .startsWith(settings.limits().bodyBytes() / 1024 + "k;");
        assertThat(value(nginx, "large_client_header_buffers"))
                .contains(" " + settings.limits().headerBytes() / 1024 + "k;");
        int keepAlive = Integer.parseInt(value(nginx, "keepalive_timeout").replace("s;", ""));
        assertThat(keepAlive).isLessThan((int) settings.limits().idleTimeout().toSeconds());
    }

    @Test
    void theSecondInstanceWaitsForTheFirstAndNginxForBoth() {
        assertThat(Deployment.at(COMPOSE, "services/latchkey-2/depends_on/latchkey-1/condition"))
                .isEqualTo("service_healthy");
        assertThat(Deployment.at(COMPOSE, "services/nginx/depends_on/latchkey-2/condition"))
                .isEqualTo("service_healthy");
        assertThat(Deployment.text("compose/compose.yaml"))
                .as("no password in it")
                .doesNotContainPattern("(PASSWORD|KEY): [^$\\s]");
    }
}
