package dev.latchkey.token;

import org.jspecify.annotations.Nullable;

/**
 * The request that a DPoP proof has to be for.
 *
 * @param method as it was sent
 * @param address the URI that the client asked; its query does not count
 * @param accessToken that the request presents; null where it presents none
 * @param keyThumbprint of the key that the proof has to be made with; null where any will do
 */
public record DpopRequest(
        String method,
        String address,
        @Nullable String accessToken,
        @Nullable String keyThumbprint) {
    /** A request for tokens: it presents none. */
    public static DpopRequest forTokens(String method, String address) {
        return new DpopRequest(method, address, null, null);
    }

    /** The request with an access token that is bound to a key. */
    public DpopRequest with(String boundAccessToken, String thumbprint) {
        return new DpopRequest(method, address, boundAccessToken, thumbprint);
    }

    @Override
    public String toString() {
        return "DpopRequest[" + method + " " + address + "]";
    }
}
