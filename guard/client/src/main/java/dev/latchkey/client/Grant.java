package dev.latchkey.client;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What a token is asked for by. Safe for many threads. */
sealed interface Grant {
    /** What tokens are kept apart by: the subject's token of an exchange, nothing otherwise. Asked on the caller's thread. */
    default String subject() {
        return "";
    }

    /** The parameters of its own, for that subject. */
    void apply(Form form, String subject);

    /**
     * Looks at what was given.
     *
     * @throws TokenException if it is not what was asked for
     */
    default void received(TokenAnswer answer) {}

    /** What a denial means for this grant. */
    default TokenDeniedException denied(TokenDeniedException denial) {
        return denial;
    }

    /** RFC 6749 §4.4. */
    final class ClientCredentials implements Grant {
        @Override
        public void apply(Form form, String subject) {
            form.add("grant_type", "client_credentials");
        }
    }

    /** RFC 6749 §6, with the next refresh token kept where the server rotates them. */
    final class Refresh implements Grant {
        private static final System.Logger LOG = System.getLogger(TokenSource.class.getName());

        private final Consumer<String> whenRotated;
        private volatile String refreshToken;

        Refresh(String refreshToken, Consumer<String> whenRotated) {
            this.refreshToken = refreshToken;
            this.whenRotated = whenRotated;
        }

        @Override
        public void apply(Form form, String subject) {
            form.add("grant_type", "refresh_token").add("refresh_token", refreshToken);
        }

        @Override
        public void received(TokenAnswer answer) {
            Optional<String> next = answer.refreshToken().filter(token -> !token.equals(refreshToken));
            if (next.isPresent()) {
                refreshToken = next.get();
                try {
                    whenRotated.accept(next.get());
                } catch (RuntimeException e) {
                    // the tokens are good all the same; the exception may quote what it was given
                    LOG.log(System.Logger.Level.ERROR, "a refresh token was not kept: {0}", e.getClass());
                }
            }
        }

        @Override
        public TokenDeniedException denied(TokenDeniedException denial) {
            return denial.error().equals("invalid_grant")
                    ? new LoginEndedException("the login has ended: " + denial.getMessage())
                    : denial;
        }
    }

    /** RFC 8693: a token for oneself by the token of whoever asked. */
    final class Exchange implements Grant {
        private static final String TYPES = "urn:ietf:params:oauth:token-type:";

        private final Supplier<String> subjectToken;
        private final List<String> audience;

        Exchange(Supplier<String> subjectToken, List<String> audience) {
            this.subjectToken = subjectToken;
            this.audience = audience;
        }

        @Override
        public String subject() {
            return subjectToken.get();
        }

        @Override
        public void apply(Form form, String subject) {
            form.add("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange")
                    .add("subject_token", subject)
                    .add("subject_token_type", TYPES + "access_token")
                    .add("requested_token_type", TYPES + "access_token");
            audience.forEach(name -> form.add("audience", name));
        }

        @Override
        public void received(TokenAnswer answer) {
            String type = answer.issuedTokenType().orElse(""); // RFC 8693 §2.2.1: required
            if (!type.equals(TYPES + "access_token") && !type.equals(TYPES + "jwt")) {
                throw TokenAnswer.unavailable("the exchange gave no access token", null);
            }
        }
    }
}
