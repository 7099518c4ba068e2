package dev.latchkey.server.authorize;

import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import java.util.EnumSet;
import java.util.Set;

/** Reads {@code prompt}; none stands alone (OpenID Connect Core §3.1.2.1). */
final class CheckPrompt implements AuthorizationCheck {
    @Override
    public void check(Draft draft) {
        Set<Prompt> prompts = EnumSet.noneOf(Prompt.class);
        for (String word : draft.parameters.first("prompt").orElse("").split(" ", 10)) {
            if (!word.isEmpty()) {
                prompts.add(Prompt.named(word)
                        .orElseThrow(
                                () -> new OAuthException(OAuthError.invalidRequest("The prompt is not supported"))));
            }
        }
        if (prompts.contains(Prompt.NONE) && prompts.size() > 1) {
            throw new OAuthException(OAuthError.invalidRequest("The prompt none goes with no other"));
        }
        draft.prompts = prompts;
    }
}
