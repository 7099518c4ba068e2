package dev.latchkey.guard;

/**
 * The metadata of the API that is guarded, to be served without credentials (RFC 9728).
 *
 * @param path where, below the root of the API's host (RFC 9728 §3.1)
 * @param url the same with the host, as challenges name it (RFC 9728 §5.1)
 * @param body JSON, to be sent as {@code application/json}
 */
public record ProtectedResource(String path, String url, String body) {}
