package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.token.IdTokenHints;
import java.util.Optional;

/** Reads {@code id_token_hint}: the user has to be the one that it tells of (OpenID Connect Core §3.1.2.1). */
final class CheckIdTokenHint implements AuthorizationCheck {
    private final IdTokenHints hints;

    CheckIdTokenHint(IdTokenHints hints) {
        this.hints = hints;
    }

    @Override
    public void check(Draft draft) {
        Optional<String> text = draft.parameters.first("id_token_hint");
        if (text.isEmpty()) {
            return;
        }
        String subject = hints.read(text.get())
                .filter(hint -> hint.audience().contains(draft.client().id().value()))
                .map(IdTokenHints.Hint::subject)
                .orElseThrow(() -> refused("The id_token_hint is not an ID token of this client"));
        if (draft.subject.isPresent() && !draft.subject.get().equals(subject)) {
            throw refused("The id_token_hint and the claims ask for different users");
        }
        draft.subject = Optional.of(subject);
    }

    private static OAuthException refused(String description) {
        return new OAuthException(OAuthError.invalidRequest(description));
    }
}
