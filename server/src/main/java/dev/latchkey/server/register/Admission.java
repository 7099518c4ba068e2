package dev.latchkey.server.register;

import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.server.client.InitialAccessTokenStore;
import dev.latchkey.server.http.Authorization;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.register.RegistrationSettings.Access;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Lets in who may register a client: by an initial access token, or anybody for so many requests (RFC 7591 §3). */
final class Admission {
    private final Access access;
    private final InitialAccessTokenStore tokens;
    private final AddressRate rate;
    private final InstantSource clock;

    Admission(RegistrationSettings settings, InitialAccessTokenStore tokens, InstantSource clock) {
        this.access = settings.access();
        this.tokens = tokens;
        this.rate = new AddressRate(settings.perAddress(), clock);
        this.clock = clock;
    }

    /**
     * By what a request was let in.
     *
     * @param tokenHash of its initial access token
     */
    record Ticket(Optional<String> tokenHash) {
        /** What names the token in the audit trail, without being of use to anybody. */
        Optional<String> tokenName() {
            return tokenHash.map(hash -> hash.substring(0, 8));
        }
    }

    /**
     * Lets a request in; a token is not used up by that.
     *
     * @throws OAuthException 401 without a usable token where one is needed or sent, 429 past the rate of an address
     */
    Ticket admit(Request request) {
        return switch (request.authorization()) {
            case Authorization.Bearer bearer -> {
                String hash = ClientSecret.hash(bearer.token());
                if (!tokens.isUsable(hash, clock.instant())) {
                    throw new OAuthException(OAuthError.invalidToken(), "bad_initial_access_token");
                }
                yield new Ticket(Optional.of(hash));
            }
            case Authorization.None _, Authorization.Basic _, Authorization.Dpop _, Authorization.Other _ -> {
                if (access != Access.OPEN) {
                    throw new OAuthException(OAuthError.notAuthenticated(), "no_initial_access_token");
                }
                Optional<Duration> wait = rate.count(request.remoteAddress());
                if (wait.isPresent()) {
                    throw new OAuthException(OAuthError.tooManyRequests(wait.get()), "too_many_requests");
                }
                yield new Ticket(Optional.empty());
            }
        };
    }

    /** Uses the token up as part of a registration. False where another request took its last use. */
    boolean use(Transaction transaction, Ticket ticket) {
        return ticket.tokenHash().isEmpty()
                || tokens.use(transaction, ticket.tokenHash().get(), clock.instant());
    }
}
