package dev.latchkey.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the refusals of one guard: which schemes it offers decides what {@code WWW-Authenticate} says (RFC 9110 §11.6.1).
 *
 * @param tokens whether access tokens are taken
 * @param dpopAlgorithms of the proofs that are taken, separated by spaces; null where the DPoP scheme is not offered
 * @param basicRealm null where name and password are not taken
 * @param apiKey whether API keys are taken
 * @param metadataUrl of the protected resource metadata (RFC 9728 §5.1); null where there is none
 */
record Challenges(
        boolean tokens,
        @Nullable String dpopAlgorithms,
        @Nullable String basicRealm,
        boolean apiKey,
        @Nullable String metadataUrl) {
    static final String NOT_AUTHENTICATED = "Not authenticated";
    static final String BAD_CREDENTIALS = "Could not validate credentials";
    static final String NOT_ENOUGH = "Not enough permissions";

    /** No credentials were sent: the challenge says how, and has no error (RFC 6750 §3.1). */
    RefusedException notAuthenticated(Access access) {
        return refused(401, null, NOT_AUTHENTICATED, NOT_AUTHENTICATED, all(null, "", wanted(access)));
    }

    /** A credential that is not a token is wrong. */
    RefusedException badCredentials() {
        return refused(401, null, BAD_CREDENTIALS, BAD_CREDENTIALS, all(null, "", ""));
    }

    RefusedException invalidToken(String description) {
        return refused(401, "invalid_token", description, BAD_CREDENTIALS, all("invalid_token", description, ""));
    }

    /** The proof that came with a token is missing or wrong (RFC 9449 §7.1). */
    RefusedException invalidProof(String description) {
        String challenge = dpop("invalid_dpop_proof", description);
        return refused(401, "invalid_dpop_proof", description, BAD_CREDENTIALS, List.of(challenge));
    }

    RefusedException invalidRequest(String description) {
        return refused(400, "invalid_request", description, description, all("invalid_request", description, ""));
    }

    RefusedException insufficientScope(Access access) {
        String description = "The request needs more than the access token allows";
        if (access.scopes().isEmpty()) {
            description =
                    access.roles().isEmpty() ? "The caller may not do this" : "The caller lacks a role that this needs";
        }
        String error = "insufficient_scope";
        return refused(403, error, description, NOT_ENOUGH, all(error, description, wanted(access)));
    }

    /** The login was too weak or too long ago for this (RFC 9470 §3). */
    RefusedException insufficientAuthentication(Access access) {
        String error = "insufficient_user_authentication";
        String description = access.maxAge() == null
                ? "A stronger authentication is needed"
                : "A more recent or stronger authentication is needed";
        StringBuilder extra = new StringBuilder();
        if (!access.acrValues().isEmpty()) {
            extra.append(", acr_values=\"")
                    .append(String.join(" ", access.acrValues()))
                    .append('"');
        }
        Duration maxAge = access.maxAge();
        if (maxAge != null) {
            extra.append(", max_age=\"").append(maxAge.toSeconds()).append('"');
        }
        return refused(401, error, description, description, all(error, description, extra.toString()));
    }

    /** Nobody can tell at the moment whether the credentials are right. Not the caller's fault, so never a 401. */
    static RefusedException unavailable(String description, Duration retryAfter) {
        return new RefusedException(
                new RefusedAnswer(503, "temporarily_unavailable", description, description, List.of(), retryAfter));
    }

    private static RefusedException refused(
            int status, @Nullable String error, String description, String detail, List<String> challenges) {
        return new RefusedException(new RefusedAnswer(status, error, description, detail, challenges, null));
    }

    private static String wanted(Access access) {
        return access.scopes().isEmpty() ? "" : ", scope=\"" + String.join(" ", access.scopes()) + '"';
    }

    /** A challenge for each scheme; the error stands in those of access tokens. */
    private List<String> all(@Nullable String error, String description, String extra) {
        List<String> challenges = new ArrayList<>();
        if (tokens) {
            challenges.add("Bearer" + parameters(error, description, extra));
            if (dpopAlgorithms != null) {
                challenges.add("DPoP" + parameters(error, description, extra + ", algs=\"" + dpopAlgorithms + '"'));
            }
        }
        if (basicRealm != null) {
            challenges.add("Basic realm=\"" + basicRealm + "\", charset=\"UTF-8\""); // RFC 7617 §2
        }
        if (apiKey) {
            challenges.add("ApiKey"); // no registered scheme, but a 401 has to name one (RFC 9110 §15.5.2)
        }
        return challenges;
    }

    private String dpop(String error, String description) {
        return "DPoP" + parameters(error, description, ", algs=\"" + dpopAlgorithms + '"');
    }

    private String parameters(@Nullable String error, String description, String extra) {
        StringBuilder parameters = new StringBuilder();
        if (error != null) {
            parameters.append(", error=\"").append(error).append('"');
            parameters.append(", error_description=\"").append(description).append('"');
        }
        parameters.append(extra);
        if (metadataUrl != null) {
            parameters.append(", resource_metadata=\"").append(metadataUrl).append('"');
        }
        return parameters.isEmpty() ? "" : " " + parameters.substring(2);
    }
}
