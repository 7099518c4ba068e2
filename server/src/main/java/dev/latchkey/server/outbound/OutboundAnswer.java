package dev.latchkey.server.outbound;

/**
 * What another server said to a POST. Its body is not read: there is nothing in it for us.
 *
 * @param status any but one of redirection
 */
public record OutboundAnswer(int status) {
    public boolean isSuccess() {
        return status / 100 == 2;
    }
}
