package dev.latchkey.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import dev.latchkey.server.setting.Settings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart, rendered by Helm itself. */
class HelmChartTest {
    private static final String EXISTING = """
        issuer: https://login.example
        secret: {existing: kept-elsewhere}
        """;

    @TempDir
    private Path folder = Path.of("");

    private String test = "";

    @BeforeEach
    void name(TestInfo info) {
        test = info.getTestMethod().map(Method::getName).orElseThrow();
    }

    private static Helm chart() {
        return new Helm(Deployment.file("helm/latchkey"));
    }

    private List<Map<?, ?>> rendered(String values) {
        try {
            Path file = Files.writeString(folder.resolve("values.yaml"), values);
            String objects = chart().template()
                    .withName("prod")
                    .withNamespace("login")
                    .withKubeVersion("1.31.0")
                    .withValuesFile(file)
                    .call();
            keep(objects);
            return Deployment.documents(objects);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For {@code check}, which holds it against the types of Kubernetes. */
    private void keep(String objects) throws IOException {
        Path kept = Files.createDirectories(Deployment.file("target/rendered"));
        Files.writeString(kept.resolve(test + ".yaml"), objects);
    }

    private static Map<?, ?> one(List<Map<?, ?>> objects, String kind) {
        List<Map<?, ?>> found = objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .toList();
        assertThat(found).as(kind).hasSize(1);
        return found.getFirst();
    }

    private static List<@Nullable Object> kinds(List<Map<?, ?>> objects) {
        return objects.stream()
                .<@Nullable Object>map(object -> object.get("kind"))
                .toList();
    }

    private static Settings settings(List<Map<?, ?>> objects) {
        Map<?, ?> configMap = one(objects, "ConfigMap");
        return Deployment.settings(String.valueOf(Deployment.at(configMap, "data/latchkey.yaml")), Map.of());
    }

    @Test
    void isWhatHelmWants() {
        LintResult result = chart().lint().strict().call();
        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
        assertThat(result.getMessages()).noneMatch(message -> message.contains("[WARNING]"));
    }

    @Test
    void runsTwoInstancesThatAreAloneWithTheirSecretsAndDrain() {
        List<Map<?, ?>> objects = rendered(EXISTING);
        assertThat(kinds(objects))
                .containsExactlyInAnyOrder(
                        "ConfigMap", "Deployment", "PodDisruptionBudget", "Service", "ServiceAccount");
        Map<?, ?> deployment = one(objects, "Deployment");
        Object pod = Deployment.at(deployment, "spec/template/spec");
        Object container = Deployment.at(pod, "containers/0");
        assertThat(Deployment.at(deployment, "spec/replicas")).isEqualTo(2);
        assertThat(Deployment.at(pod, "securityContext/runAsNonRoot")).isEqualTo(true);
        assertThat(Deployment.at(pod, "securityContext/seccompProfile/type")).isEqualTo("RuntimeDefault");
        assertThat(Deployment.at(container, "securityContext/allowPrivilegeEscalation"))
                .isEqualTo(false);
        assertThat(Deployment.at(container, "securityContext/readOnlyRootFilesystem"))
                .isEqualTo(true);
        assertThat(Deployment.at(container, "securityContext/capabilities/drop"))
                .isEqualTo(List.of("ALL"));
        assertThat(Deployment.at(pod, "automountServiceAccountToken")).isEqualTo(false);
        assertThat(Deployment.at(pod, "topologySpreadConstraints/1/topologyKey"))
                .isEqualTo("topology.kubernetes.io/zone");
        assertThat(Deployment.at(container, "env/0/valueFrom/secretKeyRef"))
                .isEqualTo(Map.of("name", "kept-elsewhere", "key", "store"));
        assertThat(Deployment.at(container, "readinessProbe/httpGet/path")).isEqualTo("/health/ready");
        assertThat(Deployment.at(container, "livenessProbe/httpGet/path")).isEqualTo("/health/live");
    }

    @Test
    void givesAStopMoreTimeThanTheServerTakes() {
        List<Map<?, ?>> objects = rendered(EXISTING + "drainDelaySeconds: 30\nconfig: {limits: {drain-timeout: 5s}}\n");
        Settings settings = settings(objects);
        assertThat(settings.limits().drainDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.limits().drainTimeout()).isEqualTo(Duration.ofSeconds(5));
        Object grace = Deployment.at(one(objects, "Deployment"), "spec/template/spec/terminationGracePeriodSeconds");
        assertThat((Integer) grace).isGreaterThan((int)
                settings.limits().drainDelay().plusSeconds(10).toSeconds());
    }

    @Test
    void selectsItsOwnPods() {
        List<Map<?, ?>> objects = rendered(EXISTING);
        Map<?, ?> labels = (Map<?, ?>) Deployment.at(one(objects, "Deployment"), "spec/template/metadata/labels");
        assertThat(labels).isNotNull();
        for (String selector : List.of("spec/selector", "spec/selector/matchLabels")) {
            Map<?, ?> of = one(objects, selector.endsWith("Labels") ? "PodDisruptionBudget" : "Service");
            Map<?, ?> wanted = (Map<?, ?>) Deployment.at(of, selector);
            assertThat(wanted).isNotNull().isNotEmpty();
            assertThat(labels.entrySet().containsAll(wanted.entrySet())).isTrue();
        }
        assertThat(Deployment.at(one(objects, "Deployment"), "spec/selector/matchLabels"))
                .isEqualTo(Deployment.at(one(objects, "Service"), "spec/selector"));
    }

    @Test
    void writesAConfigurationThatTheServerTakesAndAnIngressForTheHostOfTheIssuer() {
        List<Map<?, ?>> objects = rendered("""
            issuer: https://login.example:8443
            replicas: 1
            secret: {store: "postgresql://u:p@db/latchkey", masterKey: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="}
            ingress: {enabled: true, className: nginx, tlsSecret: login-tls}
            config:
              scopes: {'orders:read': Read your orders}
              clients:
                - {client_id: app, grant_types: [password, refresh_token], token_endpoint_auth_method: none}
            """);
        Settings settings = settings(objects);
        assertThat(settings.issuer()).contains("https://login.example:8443");
        assertThat(settings.managementPort()).contains(9001);
        assertThat(settings.clients()).hasSize(1);
        assertThat(kinds(objects)).doesNotContain("PodDisruptionBudget").contains("Secret");
        Map<?, ?> ingress = one(objects, "Ingress");
        assertThat(Deployment.at(ingress, "spec/rules/0/host")).isEqualTo("login.example");
        assertThat(Deployment.at(ingress, "spec/rules/0/http/paths/0/backend/service/name"))
                .isEqualTo(Deployment.at(one(objects, "Service"), "metadata/name"));
        Object secretName = Deployment.at(one(objects, "Secret"), "metadata/name");
        assertThat(Deployment.at(
                        one(objects, "Deployment"),
                        "spec/template/spec/containers/0/env/1/valueFrom/secretKeyRef/name"))
                .isEqualTo(secretName);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret: {existing: kept}\n", // no issuer
                "issuer: https://login.example\n", // no secret
                "issuer: http://login.example\nsecret: {existing: kept}\n", // not https
                "issuer: https://login.example/\nsecret: {existing: kept}\n", // a slash at the end
                "issuer: https://login.example\nsecret: {existing: kept, store: 'postgresql://u@h/d'}\n",
                "issuer: https://login.example\nsecret: {existing: kept}\nreplica: 3\n", // misspelt
                "issuer: https://login.example\nsecret: {existing: kept}\ndrainDelaySeconds: 90\n",
                "issuer: https://login.example\nsecret: {existing: kept}\nconfig: {store: 'postgresql://u:p@h/d'}\n"
            })
    void refusesValuesThatCannotBeMeant(String values) {
        assertThatThrownBy(() -> rendered(values)).isInstanceOf(IllegalStateException.class);
    }
}
