package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void valuesAreReadAsTheirKind() {
        Map<String, Object> read = Json.parseObject("""
            {"b": 1, "a": 9223372036854775808, "d": 1.50, "t": true, "s": "\\u00e9\\n\\ud83d\\ude00", "l": [[], {}]}\
            """);

        assertThat(read)
                .containsEntry("b", 1L)
                .containsEntry("a", new BigInteger("9223372036854775808"))
                .containsEntry("d", new BigDecimal("1.50"))
                .containsEntry("t", true)
                .containsEntry("s", "é\n😀")
                .containsEntry("l", List.of(List.of(), Map.of()));
        assertThat(read.keySet()).containsExactly("b", "a", "d", "t", "s", "l");
    }

    @Test
    void aSingleValueIsReadToo() {
        assertThat(Json.parse(" 1 ")).isEqualTo(1L);
        assertThat(Json.parse("-0")).isEqualTo(0L);
        assertThat(Json.parse("1.5e1")).as("written as 15").isEqualTo(15L);
        assertThat(Json.parse("1234567890123456789.5e1")).isEqualTo(new BigInteger("12345678901234567895"));
        assertThat(Json.parse("\"\"")).isEqualTo("");
        assertThat(Json.parse("null")).isNull();
        assertThat(Json.parse("\t[\r\n]")).isEqualTo(List.of());
    }

    @Test
    void whatIsReadCannotBeModified() {
        Map<String, Object> read = Json.parseObject("{\"l\":[1],\"o\":{}}");
        assertThatThrownBy(() -> read.put("x", 1)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Forge.<List<Object>>member(read, "l").clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> Forge.<Map<String, Object>>member(read, "o").put("x", 1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\uFEFF{}",
                "{} {}",
                "{}x",
                "{}\0",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "{'a':1}",
                "[1 2]",
                "01",
                "-",
                "+1",
                ".1",
                "1.",
                "1e",
                "0x1",
                "NaN",
                "-Infinity",
                "tru",
                "nulls",
                "True",
                "\"",
                "\"\\",
                "\"\\q\"",
                "\"\\u12g4\"",
                "\"a\tb\"",
                "\"\u0000\"",
                "\"\\ud800\"",
                "\"\\udfff\"",
                "\"\\ud800\\ud800\"",
                "\"\ud800\"",
                "/**/1",
                "1//",
                "#\n1",
                "[",
                "]",
                "}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":null,\"a\":null}",
                "{\"a\":1,\"\\u0061\":2}",
                "\f1",
                "\u00A01",
                "\u001e1",
                "[1\u2028]",
                "1e1001",
                "1e-1001",
                "1e99999999999999999999",
            })
    void whatIsNotStrictJsonIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parseObject("{\"x\":" + text + "}")).isInstanceOf(JsonException.class);
    }

    @Test
    void whatIsTooMuchIsRefused() {
        assertThat(Json.parse("[".repeat(32) + "]".repeat(32))).isNotNull();
        assertThatThrownBy(() -> Json.parse("[".repeat(33) + "]".repeat(33))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse("{\"a\":".repeat(100_000))).isInstanceOf(JsonException.class);
        assertThat(Json.parse("1".repeat(100))).isInstanceOf(BigInteger.class);
        assertThatThrownBy(() -> Json.parse("1".repeat(101))).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse("-" + "1".repeat(100))).isInstanceOf(JsonException.class);
        String shortByItsExponent = "1".repeat(95) + "e-100"; // 0.00000111…, with more than 100 characters
        assertThatThrownBy(() -> Json.parse(shortByItsExponent)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parse("\"" + "x".repeat(Json.MAX_CHARS) + "\""))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void onlyAnObjectIsAnObject() {
        for (String text : List.of("[]", "null", "1", "\"{}\"")) {
            assertThatThrownBy(() -> Json.parseObject(text)).hasMessage("not a JSON object");
        }
    }

    @Test
    void bytesHaveToBeUtf8() {
        assertThat(Json.parseObject("{\"é\":\"😀\"}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Map.of("é", "😀"));
        assertThatThrownBy(() -> Json.parseObject("{\"é\":1}".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessage("not valid UTF-8");
        assertThatThrownBy(() -> Json.parseObject("{}".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void errorsDoNotQuoteTheText() {
        assertThatThrownBy(() -> Json.parse("{\"k\":verysecret}"))
                .isInstanceOf(JsonException.class)
                .hasNoCause()
                .hasMessageNotContaining("secret");
    }

    @Test
    void valuesAreWritten() {
        assertThat(Json.write(List.of("a\"\\\n\r\t\u0001/é😀", 1, 2L, (short) 3, 1.5, new BigDecimal("1E+3"), true)))
                .isEqualTo("[\"a\\\"\\\\\\n\\r\\t\\u0001/é😀\",1,2,3,1.5,1E+3,true]");
        assertThat(Json.write(new Object[] {null, Map.of("a", List.of())})).isEqualTo("[null,{\"a\":[]}]");
        assertThat(Json.write(null)).isEqualTo("null");
    }

    @Test
    void whatJsonCannotCarryIsNotWritten() {
        List<Object> itself = new ArrayList<>();
        itself.add(itself);
        for (Object value : List.of(
                Double.NaN,
                Float.POSITIVE_INFINITY,
                new BigDecimal("1e2000"),
                BigInteger.TEN.pow(100),
                "\ud800",
                Map.of(1, 2),
                Map.of("\udc00", 2),
                new AtomicInteger(),
                itself,
                'c')) {
            assertThatThrownBy(() -> Json.write(List.of(value))).isInstanceOf(JsonException.class);
        }
    }
}
