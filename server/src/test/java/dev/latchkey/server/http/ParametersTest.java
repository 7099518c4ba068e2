package dev.latchkey.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.server.protocol.OAuthException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    private static Parameters parse(String form, String... repeatable) {
        return Parameters.parse(form.getBytes(StandardCharsets.UTF_8), repeatable);
    }

    private static Request post(String contentType, String body) {
        return new Request(
                "POST",
                "/login",
                "",
                Headers.of("Content-Type", contentType),
                body.getBytes(StandardCharsets.UTF_8),
                InetAddress.getLoopbackAddress(),
                "id");
    }

    @Test
    void decodesNamesAndValues() {
        Parameters parameters = parse("a=b+c%26%3d&%C3%A4=%E2%82%AC&&empty=&flag");
        assertThat(parameters.first("a")).contains("b c&=");
        assertThat(parameters.first("ä")).contains("€");
        assertThat(parameters.first("empty")).isEmpty(); // RFC 6749 §3.1
        assertThat(parameters.has("flag")).isFalse();
        assertThat(parameters.required("a")).isEqualTo("b c&=");
        assertThatThrownBy(() -> parameters.required("token"))
                .hasMessage("invalid_request: The parameter token is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a=%", "a=%4", "a=%zz", "a=%c3", "a=%ff", "a=%c0%80", "a=%00", "%00=a", "a=%+1", "a=\u0000"})
    void refusesWhatIsNotFormEncoded(String form) {
        assertThatThrownBy(() -> parse(form))
                .hasMessageStartingWith("invalid_request: The parameters are not form-encoded");
    }

    @Test
    void refusesRepetitionUnlessItIsAllowed() { // RFC 6749 §3.1, RFC 8707 §2
        assertThatThrownBy(() -> parse("scope=a&scope=b"))
                .hasMessage("invalid_request: The parameter scope is sent more than once");
        assertThatThrownBy(() -> parse("<b>=a&<b>=b")).hasMessageNotContaining("<b>");
        assertThat(parse("resource=a&resource=b", "resource").all("resource")).containsExactly("a", "b");
        assertThat(parse("scope=&scope=b").first("scope")).contains("b");
    }

    @Test
    void boundsNumberAndLength() {
        assertThatThrownBy(() -> parse("a=1&".repeat(101), "a")).isInstanceOf(OAuthException.class);
        assertThatThrownBy(() -> parse("n".repeat(101) + "=1")).isInstanceOf(OAuthException.class);
        assertThatThrownBy(() -> parse("a=" + "v".repeat(32 * 1024 + 1))).isInstanceOf(OAuthException.class);
    }

    @Test
    void keepsOnlyWhatIsAskedFor() {
        assertThat(parse("a=1&b=2").only(java.util.Set.of("b")).names()).containsExactly("b");
    }

    @Test
    void printsNoValues() {
        assertThat(parse("password=hunter2")).hasToString("Parameters[password]");
    }

    @Test
    void readsALoginAsFormOrJson() {
        assertThat(post("application/x-www-form-urlencoded; charset=UTF-8", "username=a")
                        .formOrJson()
                        .first("username"))
                .contains("a");
        Parameters json =
                post("application/json", "{\"username\":\"a\",\"scope\":null}").formOrJson();
        assertThat(json.first("username")).contains("a");
        assertThat(json.has("scope")).isFalse();
    }

    @Test
    void refusesOtherContent() {
        assertThatThrownBy(() -> post("text/plain", "username=a").formOrJson())
                .isInstanceOfSatisfying(
                        OAuthException.class,
                        e -> assertThat(e.error().status()).isEqualTo(415));
        assertThatThrownBy(() -> post("application/json", "{\"a\":\"b\"").jsonObject())
                .isInstanceOfSatisfying(
                        OAuthException.class,
                        e -> assertThat(e.error().status()).isEqualTo(400));
        assertThatThrownBy(() ->
                        post("application/json", "{\"a\":\"1\",\"a\":\"2\"}").formOrJson())
                .isInstanceOf(OAuthException.class);
        assertThatThrownBy(() -> post("application/json", "{\"username\":1}").formOrJson())
                .isInstanceOf(OAuthException.class);
    }

    @Property
    void whatIsEncodedIsRead(
            @ForAll @NotBlank @StringLength(max = 50) String name, @ForAll @StringLength(max = 200) String value) {
        String readName = readable(name);
        String readValue = readable(value);
        Parameters parameters = parse(URLEncoder.encode(readName, StandardCharsets.UTF_8) + "="
                + URLEncoder.encode(readValue, StandardCharsets.UTF_8));
        assertThat(parameters.all(readName)).isEqualTo(readValue.isEmpty() ? List.of() : List.of(readValue));
    }

    /** As text that has a form: no NUL, no half of a surrogate pair. */
    private static String readable(String text) {
        return "n" + new String(text.replace("\0", "").getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @FuzzTest
    void neverFailsInAnotherWay(FuzzedDataProvider data) {
        try {
            Parameters parameters = Parameters.parse(data.consumeRemainingAsBytes());
            assertThat(parameters.names()).hasSizeLessThanOrEqualTo(Parameters.MAX_COUNT);
        } catch (OAuthException refused) {
            assertThat(refused.error().code()).isEqualTo("invalid_request");
        }
    }
}
