package dev.latchkey.server.http;

/**
 * Until when a connection has to make progress: an idle one to send its next request, a request to arrive whole, however
 * slowly its bytes drip, an answer to be taken. While a handler works there is no limit. Written by the threads of the
 * connection, read by the one that closes overdue connections.
 */
interface ConnectionWatch {
    void beforeRead();

    void afterRead();

    /** A request has a header; its body may still be on its way. */
    void requestBegins();

    void requestIsRead();

    void answerBegins();

    void requestEnds();

    void beforeWrite();

    void afterWrite();

    boolean isOverdue();

    /** Nothing comes any more: lets go of whoever still waits for the rest of a request. */
    void connectionEnds();

    boolean isEnded();
}
