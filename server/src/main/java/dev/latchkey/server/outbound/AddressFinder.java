package dev.latchkey.server.outbound;

import dev.latchkey.server.http.AddressRange;
import dev.latchkey.server.outbound.OutboundException.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the addresses of a host and refuses the host if one of them may not be asked: a name that points outside and inside
 * at once is no honest one. Name servers are asked on a few threads of their own, because that can be neither interrupted
 * nor given a time.
 */
final class AddressFinder implements AutoCloseable {
    private static final int MAX_THREADS = 16;
    private static final int MAX_ADDRESSES = 64;

    private final Resolver resolver;
    private final AddressPolicy policy;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("outbound-names-", 0).factory());

    AddressFinder(Resolver resolver, AddressPolicy policy) {
        this.resolver = resolver;
        this.policy = policy;
    }

    List<InetAddress> find(Target target, Deadline deadline) throws OutboundException {
        List<InetAddress> addresses = addresses(target, deadline);
        if (addresses.isEmpty() || addresses.size() > MAX_ADDRESSES) {
            throw new OutboundException(Reason.UNKNOWN_HOST, target + ": the host has no address, or too many");
        }
        for (InetAddress address : addresses) {
            Optional<String> objection = policy.objection(address);
            if (objection.isPresent()) {
                throw new OutboundException(
                        Reason.FORBIDDEN_ADDRESS,
                        target + ": the address " + address.getHostAddress() + " is " + objection.get());
            }
        }
        return addresses;
    }

    private List<InetAddress> addresses(Target target, Deadline deadline) throws OutboundException {
        try {
            return List.of(AddressRange.address(target.host()));
        } catch (IllegalArgumentException e) {
            return resolve(target, deadline);
        }
    }

    private List<InetAddress> resolve(Target target, Deadline deadline) throws OutboundException {
        FutureTask<List<InetAddress>> question = new FutureTask<>(() -> List.copyOf(resolver.resolve(target.host())));
        try {
            executor.execute(question);
            return question.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new OutboundException(Reason.BUSY, target + ": too many names are being looked up", e);
        } catch (TimeoutException e) {
            throw new OutboundException(Reason.TIMEOUT, target + ": the name servers do not answer", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw new OutboundException(Reason.UNKNOWN_HOST, target + ": the host is not known", unknown);
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutboundException(Reason.BUSY, target + ": interrupted", e);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
