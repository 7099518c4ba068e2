package dev.latchkey.server.authorize;

import java.util.ArrayList;
import java.util.List;

/** The parameters of the code flow, as names and values: of the request for a code, and of the one that redeems it. */
public final class CodeRequest {
    private CodeRequest() {}

    /** Of a request for the scope openid, with the challenge of {@link Pkce}, and more (RFC 6749 §4.1.1). */
    public static String[] of(String clientId, String redirectUri, String... more) {
        List<String> all = new ArrayList<>(List.of("client_id", clientId, "redirect_uri", redirectUri));
        all.addAll(List.of("response_type", "code", "scope", "openid"));
        all.addAll(List.of("code_challenge", Pkce.CHALLENGE, "code_challenge_method", "S256"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Of the token request for its code, and more (RFC 6749 §4.1.3). */
    public static String[] redemption(String code, String redirectUri, String... more) {
        List<String> all = new ArrayList<>(List.of("grant_type", "authorization_code", "code", code));
        all.addAll(List.of("redirect_uri", redirectUri, "code_verifier", Pkce.VERIFIER));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }
}
