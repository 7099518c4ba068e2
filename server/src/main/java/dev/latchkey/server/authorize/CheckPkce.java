package dev.latchkey.server.authorize;

import dev.latchkey.server.http.Parameters;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Wants a challenge of method S256 for every code, unless the client was let off (RFC 7636 §4.3, RFC 9700 §2.1.1). */
final class CheckPkce implements AuthorizationCheck {
    /** A SHA-256 in base64url. */
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");

    @Override
    public void check(Draft draft) {
        Parameters parameters = draft.parameters;
        Optional<String> challenge = parameters.first("code_challenge");
        Optional<String> method = parameters.first("code_challenge_method");
        boolean mayLeaveItOut =
                draft.client().isConfidential() && !draft.client().metadata().requirePkce();
        boolean required = draft.responseType.hasCode() && !mayLeaveItOut;
        if (challenge.isEmpty()) {
            if (required || method.isPresent()) {
                throw refused("The parameter code_challenge is missing");
            }
            return;
        }
        if (!method.equals(Optional.of("S256"))) { // none stands for plain, RFC 7636 §4.3
            throw refused("The code challenge method has to be S256");
        }
        if (!CHALLENGE.matcher(challenge.get()).matches()) {
            throw refused("The code challenge is not a SHA-256 in base64url");
        }
        draft.codeChallenge = challenge;
    }

    private static OAuthException refused(String description) {
        return new OAuthException(OAuthError.invalidRequest(description));
    }
}
