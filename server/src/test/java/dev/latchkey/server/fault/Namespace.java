package dev.latchkey.server.fault;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A network of its own for one instance, with a cable to the proxy and another one to the database that can be pulled: what is
 * sent then is neither delivered nor refused. Needs root.
 */
final class Namespace implements AutoCloseable {
    private static final int PREFIX_BITS = 30;

    private final String name;
    private final String back;
    private final String network;

    private Namespace(String name, String back, String network) {
        this.name = name;
        this.back = back;
        this.network = network;
    }

    static Namespace create() throws IOException {
        long number = ProcessHandle.current().pid() % 250;
        String name = "latchkey-" + number;
        String network = "169.254." + (number + 1) + "."; // RFC 3927: nobody's outside of this machine
        Namespace namespace = new Namespace(name, "lkb" + number, network);
        Tool.run("ip", "netns", "add", name);
        namespace.inside("ip", "link", "set", "lo", "up");
        namespace.cable("lkf" + number, "front", namespace.proxyAddress(), namespace.address());
        namespace.cable(namespace.back, "back", namespace.databaseAddress(), network + 6);
        return namespace;
    }

    private void cable(String outer, String inner, String outerAddress, String innerAddress) throws IOException {
        Tool.run("ip", "link", "add", outer, "type", "veth", "peer", "name", inner, "netns", name);
        Tool.run("ip", "address", "add", outerAddress + "/" + PREFIX_BITS, "dev", outer);
        Tool.run("ip", "link", "set", outer, "up");
        inside("ip", "address", "add", innerAddress + "/" + PREFIX_BITS, "dev", inner);
        inside("ip", "link", "set", inner, "up");
    }

    private void inside(String... command) throws IOException {
        Tool.run(Stream.concat(before().stream(), Arrays.stream(command)).toList());
    }

    /** The words before a command that shall run in it. */
    List<String> before() {
        return List.of("ip", "netns", "exec", name);
    }

    private String proxyAddress() {
        return network + 1;
    }

    /** Where the proxy finds what runs in it. */
    String address() {
        return network + 2;
    }

    /** Where what runs in it finds the database. */
    String databaseAddress() {
        return network + 5;
    }

    void cut() throws IOException {
        Tool.run("ip", "link", "set", back, "down");
    }

    void heal() throws IOException {
        Tool.run("ip", "link", "set", back, "up");
    }

    @Override
    public void close() throws IOException {
        Tool.run("ip", "netns", "delete", name); // and the cables with it
    }
}
