package dev.latchkey.server;

import java.util.ArrayDeque;
import java.util.Deque;

/** All that has to be closed, what was opened last first. */
final class Opened implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Opened.class.getName());

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    boolean isEmpty() {
        return resources.isEmpty();
    }

    /** Closes what there is, whatever some of it makes of that. */
    @Override
    public void close() {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                LOG.log(System.Logger.Level.WARNING, "could not close", e);
            }
        }
    }
}
