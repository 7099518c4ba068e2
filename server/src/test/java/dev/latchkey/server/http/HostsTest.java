package dev.latchkey.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The host of a request, as it is compared. */
class HostsTest {
    private static Request request(String... headers) {
        return new Request("GET", "/", "", Headers.of(headers), new byte[0], InetAddress.getLoopbackAddress(), "id");
    }

    @ParameterizedTest
    @CsvSource({
        "login.example, login.example",
        "LOGIN.example, login.example",
        "login.example:443, login.example",
        "login.example., login.example",
        "127.0.0.1:9000, localhost",
        "[::1]:9000, localhost",
        "[::1], localhost",
        "[2001:db8::7], [2001:db8::7]",
        "[2001:db8::7]:8443, [2001:db8::7]",
        "a:b:c, a:b:c",
        "'', ''",
        "':', ''"
    })
    void portsCaseAndNamesOfLoopbackDoNotCount(String host, String expected) {
        assertThat(Hosts.of(request("Host", host))).contains(expected);
    }

    @Test
    void aRequestWithTwoHostsHasNone() {
        assertThat(Hosts.of(request("Host", "a.example", "Host", "b.example"))).isEmpty();
        assertThat(Hosts.of(request())).isEmpty();
    }
}
