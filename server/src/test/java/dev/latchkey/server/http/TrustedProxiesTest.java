package dev.latchkey.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies = TrustedProxies.parse(List.of("10.0.0.0/9", "fd00::/8", "192.0.2.1"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.1.1|203.0.113.5|203.0.113.5",
                "10.1.1.1|1.1.1.1, 203.0.113.5|203.0.113.5", // what stands left of it anybody can have written
                "10.1.1.1|203.0.113.5, 10.2.2.2|203.0.113.5",
                "10.1.1.1|203.0.113.5:4711|203.0.113.5",
                "10.1.1.1|2001:db8::1|2001:db8:0:0:0:0:0:1",
                "fd00::1|198.51.100.1|198.51.100.1",
                "10.1.1.1|unknown|10.1.1.1",
                "10.1.1.1|203.0.113.5, 10.2.2.999|10.1.1.1",
                "10.1.1.1|203.0.113.5, evil.example|10.1.1.1",
                "10.1.1.1|203.0.113.5, _hidden, 10.3.3.3|10.3.3.3",
                "10.1.1.1|10.2.2.2|10.2.2.2",
                "10.128.0.1|203.0.113.5|10.128.0.1",
                "198.51.100.9|203.0.113.5|198.51.100.9"
            })
    void readsForwardedForFromTheRight(String peer, String header, String client) {
        assertThat(proxies.client(AddressRange.address(peer), Headers.of("X-Forwarded-For", header))
                        .getHostAddress())
                .isEqualTo(client);
    }

    @Test
    void readsForwarded() { // RFC 7239 §4
        Headers headers = Headers.of(
                "Forwarded", "for=1.1.1.1", "Forwarded", "proto=https;For=\"[2001:db8::7]:80\", for=10.9.9.9");
        assertThat(proxies.client(AddressRange.address("10.1.1.1"), headers).getHostAddress())
                .isEqualTo("2001:db8:0:0:0:0:0:7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "::/129", "", "1", "a.b", "10.0.0.0/-1"})
    void refusesWhatIsNoRange(String range) {
        assertThatThrownBy(() -> AddressRange.parse(range)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPrefixOfNothingHasEverythingOfItsFamily() {
        assertThat(AddressRange.parse("0.0.0.0/0").contains(AddressRange.address("255.1.2.3")))
                .isTrue();
        assertThat(AddressRange.parse("0.0.0.0/0").contains(AddressRange.address("::1")))
                .isFalse();
    }
}
