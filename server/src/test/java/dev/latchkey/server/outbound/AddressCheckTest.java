package dev.latchkey.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.server.TurnedClock;
import dev.latchkey.server.outbound.OutboundException.Reason;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs and addresses are asked. */
class AddressCheckTest {
    private static final AddressPolicy STRICT = new AddressPolicy(false);
    private static final AddressPolicy PRIVATE_ALLOWED = new AddressPolicy(true);

    private static Outbound outbound(boolean privateAllowed, Resolver resolver) {
        return new Outbound(
                new OutboundSettings(Duration.ofSeconds(20), 1000, List.of(), privateAllowed),
                resolver,
                new TurnedClock());
    }

    private static Reason refusal(boolean privateAllowed, Resolver resolver, String url) {
        try (Outbound outbound = outbound(privateAllowed, resolver)) {
            return catchThrowableOfType(OutboundException.class, () -> outbound.get(URI.create(url)))
                    .reason();
        }
    }

    private static Resolver resolvingTo(String... literals) {
        List<InetAddress> addresses =
                Stream.of(literals).map(InetAddress::ofLiteral).toList();
        return _ -> addresses;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "168.63.129.16",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::7f00:1",
                "::ffff:127.0.0.1",
                "::ffff:0:7f00:1",
                "64:ff9b::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:2::1",
                "2001:10::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::1",
                "2002:a00:1::",
                "3fff::1",
                "fc00::1",
                "fd00:ec2::254",
                "fdff::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "4000::1",
                "5f00::1"
            })
    void refusesWhatIsNotOfThePublicInternet(String literal) {
        assertThat(STRICT.objection(InetAddress.ofLiteral(literal))).isPresent();
        String host = literal.contains(":") ? "[" + literal + "]" : literal;
        Resolver nobody = _ -> {
            throw new AssertionError("a literal is not looked up");
        };
        assertThat(refusal(false, nobody, "https://" + host + "/")).isEqualTo(Reason.FORBIDDEN_ADDRESS);
        assertThat(refusal(false, resolvingTo(literal), "https://client.example/"))
                .isEqualTo(Reason.FORBIDDEN_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.0.0.1",
                "128.0.0.1",
                "169.253.255.255",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2a00::1",
                "64:ff9b::8.8.8.8"
            })
    void asksThePublicInternet(String literal) {
        assertThat(STRICT.objection(InetAddress.ofLiteral(literal))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.1.1", "172.20.0.1", "100.64.0.1", "::1", "fd12::1"})
    void thePrivateOnesByTheInsecureSettingOnly(String literal) {
        assertThat(PRIVATE_ALLOWED.objection(InetAddress.ofLiteral(literal))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.169.254",
                "fe80::1",
                "fd00:ec2::254",
                "100.100.100.200",
                "168.63.129.16",
                "0.0.0.0",
                "::",
                "224.0.0.1",
                "255.255.255.255",
                "64:ff9b::a9fe:a9fe",
                "::ffff:169.254.169.254",
                "2002:a9fe:a9fe::"
            })
    void someNotEvenByTheInsecureSetting(String literal) {
        assertThat(PRIVATE_ALLOWED.objection(InetAddress.ofLiteral(literal))).isPresent();
    }

    @Test
    void aMappedAddressThatStayedIpv6IsRefusedToo() throws UnknownHostException {
        byte[] mapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 8, 8, 8, 8};
        assertThat(STRICT.objection(Inet6Address.getByAddress("x", mapped, 1))).isPresent();
    }

    @Property
    void aTranslatedAddressIsJudgedByWhatItTranslatesTo(@ForAll int address) throws UnknownHostException {
        byte[] four = {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
        byte[] sixteen = new byte[16];
        sixteen[1] = 0x64;
        sixteen[2] = (byte) 0xff;
        sixteen[3] = (byte) 0x9b;
        System.arraycopy(four, 0, sixteen, 12, 4);
        assertThat(STRICT.objection(InetAddress.getByAddress(sixteen)))
                .isEqualTo(STRICT.objection(InetAddress.getByAddress(four)));
    }

    @Test
    void aNameWithOneForbiddenAddressIsRefusedAltogether() {
        assertThat(refusal(false, resolvingTo("1.1.1.1", "10.0.0.1"), "https://client.example/"))
                .isEqualTo(Reason.FORBIDDEN_ADDRESS);
        assertThat(refusal(false, resolvingTo("10.0.0.1", "1.1.1.1"), "https://client.example/"))
                .isEqualTo(Reason.FORBIDDEN_ADDRESS);
        assertThat(refusal(false, resolvingTo(), "https://client.example/")).isEqualTo(Reason.UNKNOWN_HOST);
    }

    /** A name that has another address at the second question: there is no second question. */
    @Test
    void connectsToTheAddressThatWasChecked() throws Exception {
        AtomicInteger questions = new AtomicInteger();
        Resolver rebinding =
                _ -> List.of(InetAddress.ofLiteral(questions.getAndIncrement() == 0 ? "127.0.0.1" : "127.0.0.2"));
        try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.ok("first"));
                Outbound outbound = outbound(true, rebinding)) {
            URI url = URI.create("http://client.example:" + server.port() + "/");
            assertThat(outbound.get(url).text()).isEqualTo("first");
            assertThat(questions).hasValue(1);
        }
    }

    @Test
    void triesTheNextAddressWhereTheFirstDoesNotListen() throws Exception {
        try (ScriptedServer server = ScriptedServer.answering(ScriptedServer.ok("second"));
                Outbound outbound = outbound(true, resolvingTo("127.0.0.2", "127.0.0.1"))) {
            URI url = URI.create("http://client.example:" + server.port() + "/");
            assertThat(outbound.get(url).text()).isEqualTo("second");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://client.example/",
                "ftp://client.example/",
                "file:///etc/passwd",
                "jar:https://x/!/y",
                "https:client.example",
                "https:///path",
                "//client.example/",
                "/path",
                "",
                "https://u@client.example/",
                "https://u:p@client.example/",
                "https://client.example/#f",
                "https://client.example:0/",
                "https://client.example:22/",
                "https://client.example:80/",
                "https://client.example:65536/",
                "https://2130706433/",
                "https://127.1/",
                "https://0x7f000001/",
                "https://0177.0.0.1.5/",
                "https://[fe80::1%25eth0]/",
                "https://client.example/\u00e9"
            })
    void refusesUrlsOfAnotherKind(String url) {
        Resolver nobody = _ -> {
            throw new AssertionError("not looked up");
        };
        assertThat(refusal(false, nobody, url)).isEqualTo(Reason.FORBIDDEN_URL);
    }

    @Test
    void refusesUrlsThatAreTooLong() {
        assertThat(refusal(false, resolvingTo("1.1.1.1"), "https://client.example/" + "a".repeat(2048)))
                .isEqualTo(Reason.FORBIDDEN_URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://client.example:25/", "http://client.example:443/", "ftp://client.example/"})
    void otherProtocolsAreRefusedAlsoByTheInsecureSetting(String url) {
        assertThat(refusal(true, resolvingTo("127.0.0.1"), url)).isEqualTo(Reason.FORBIDDEN_URL);
    }
}
