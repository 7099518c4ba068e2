package dev.latchkey.server.http;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the operator, once, of a proxy that {@code trusted-proxies} does not name: behind it all clients have one address, so
 * that the failed logins of one lock out all. Safe for use by many threads.
 */
final class ForwardingCheck {
    private static final System.Logger LOG = System.getLogger(ForwardingCheck.class.getName());

    private final TrustedProxies proxies;
    private final AtomicBoolean told = new AtomicBoolean();

    ForwardingCheck(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    void look(InetAddress peer, Headers headers) {
        if (told.getPlain() || !isForwarded(headers) || proxies.trusts(peer)) {
            return;
        }
        if (!told.getAndSet(true)) {
            LOG.log(
                    Level.WARNING,
                    "a forwarding header came from " + peer.getHostAddress() + ", which trusted-proxies does not name:"
                            + " the header is ignored, and that address counts as the client's");
        }
    }

    private static boolean isForwarded(Headers headers) {
        return !headers.all(Headers.X_FORWARDED_FOR).isEmpty()
                || !headers.all(Headers.FORWARDED).isEmpty();
    }
}
