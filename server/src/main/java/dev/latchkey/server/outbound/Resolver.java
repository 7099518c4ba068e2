package dev.latchkey.server.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host name. Asked once for each exchange. Safe for use by many threads; may block. */
@FunctionalInterface
public interface Resolver {
    /** All its addresses, the one to try first first. */
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /** The resolver of the Java runtime, which asks the operating system. */
    static Resolver system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
