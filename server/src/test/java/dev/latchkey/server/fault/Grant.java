package dev.latchkey.server.fault;

import dev.latchkey.server.Answer;
import dev.latchkey.server.soak.Held;
import dev.latchkey.token.UnverifiedToken;

/**
 * What an application holds of a session.
 *
 * @param authorization how it authenticates, empty for the first-party client
 */
record Grant(String refreshToken, String accessToken, String authorization) {
    static Grant of(Answer answer, String authorization) {
        return new Grant(answer.text("refresh_token"), answer.text("access_token"), authorization);
    }

    Operation.Presented presented() {
        Held held = Held.of(refreshToken);
        return new Operation.Presented(held.session().value(), held.generation());
    }

    Outcome.Acknowledged acknowledged() {
        String jti = (String) UnverifiedToken.parse(accessToken).claims().getOrDefault("jti", "");
        return new Outcome.Acknowledged(presented().of(), presented().generation(), jti);
    }
}
