package dev.latchkey.guard;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A token that its judge found genuine, meant for this API and not expired, with what has to be asked anew each time it comes.
 *
 * @param caller whom it speaks for
 * @param confirmation whose it is and nobody else's; null for a bearer token
 * @param status where its issuer says whether it is revoked; null if nowhere
 * @param until when it has to be judged again at the latest: its expiry, or sooner
 * @param judge who said so
 * @param basis what the judge went by; when that has changed the token has to be judged again
 */
record TrustedToken(
        Caller caller,
        @Nullable Confirmation confirmation,
        @Nullable StatusReference status,
        Instant until,
        TokenJudge judge,
        Object basis) {

    /**
     * What binds a token to its sender.
     *
     * @param keyThumbprint {@code jkt}, of the key of a DPoP proof (RFC 9449 §6.1)
     * @param certificateThumbprint {@code x5t#S256}, of the client's certificate (RFC 8705 §3.1)
     */
    record Confirmation(Optional<String> keyThumbprint, Optional<String> certificateThumbprint) {
        /**
         * What the claims say; null if they bind the token to nobody.
         *
         * @throws IllegalArgumentException if they bind it in a way that is not known here
         */
        static @Nullable Confirmation of(Map<String, ?> claims) {
            if (!claims.containsKey("cnf")) {
                return null;
            }
            if (!(claims.get("cnf") instanceof Map<?, ?> members)) {
                throw new IllegalArgumentException("cnf is not an object");
            }
            Optional<String> key = text(members, "jkt");
            Optional<String> certificate = text(members, "x5t#S256");
            int known = (key.isPresent() ? 1 : 0) + (certificate.isPresent() ? 1 : 0);
            if (known == 0 || known != members.size()) {
                throw new IllegalArgumentException("cnf has a member that is not understood"); // RFC 7800 §3.1
            }
            return new Confirmation(key, certificate);
        }

        private static Optional<String> text(Map<?, ?> members, String name) {
            return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
        }
    }

    /**
     * The place of a token in a status list.
     *
     * @param uri of the list
     * @param index in it
     * @see <a href="https://datatracker.ietf.org/doc/draft-ietf-oauth-status-list/">Token Status List, §6</a>
     */
    record StatusReference(String uri, long index) {
        /**
         * What the claims say; null if they name no list.
         *
         * @throws IllegalArgumentException if they name one in a way that cannot be followed
         */
        static @Nullable StatusReference of(Map<String, ?> claims) {
            if (!(claims.get("status") instanceof Map<?, ?> status) || !status.containsKey("status_list")) {
                return null;
            }
            if (status.get("status_list") instanceof Map<?, ?> list
                    && list.get("uri") instanceof String uri
                    && list.get("idx") instanceof Long index
                    && index >= 0) {
                return new StatusReference(uri, index);
            }
            throw new IllegalArgumentException("status_list has no idx and uri");
        }
    }
}
