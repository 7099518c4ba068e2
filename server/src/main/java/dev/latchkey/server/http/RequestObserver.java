package dev.latchkey.server.http;

/**
 * Sees every request that was answered, for log and metrics. Called on the thread of the request before the answer is sent,
 * by many at once, so it is quick and never blocks.
 */
public interface RequestObserver {
    /**
     * A request has its answer.
     *
     * @param route the path of the route, one of a few; {@code other} where there is none
     * @param nanos how long the answer took
     */
    void answered(String route, Request request, Response response, long nanos);

    /** A handler failed with an exception; the answer is 500 or 503 and tells nothing of it. */
    void failed(String route, Request request, Throwable failure);

    /** One that looks away. */
    RequestObserver NONE = new RequestObserver() {
        @Override
        public void answered(String route, Request request, Response response, long nanos) {}

        @Override
        public void failed(String route, Request request, Throwable failure) {}
    };
}
