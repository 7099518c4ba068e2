package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.server.register.RegistrationSettings.Access;
import java.time.Duration;
import java.time.Instant;

/** {@code client initial-token}: a token that lets somebody register clients (RFC 7591 §1.2), printed once. */
final class ClientInitialToken extends StoreCommand {
    private static final Duration USUAL_LIFE = Duration.ofDays(1);
    private static final Duration LONGEST_LIFE = Duration.ofDays(365);
    private static final int MOST_USES = 10_000;

    ClientInitialToken(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("initial-token", "Makes a token that lets somebody register clients, and prints it once.")
                .option("--uses", "N", "How many clients: 1 unless given, at most " + MOST_USES + ".")
                .option("--expires", "DURATION", "How long it is good: 1d unless given, at most 365d.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        int uses = uses(call.arguments().text("--uses", "1"));
        Duration life = call.arguments().duration("--expires").orElse(USUAL_LIFE);
        if (!life.isPositive() || life.compareTo(LONGEST_LIFE) > 0) {
            throw CommandException.usage("--expires has to be at most 365d");
        }
        String token = ClientSecret.generate(call.terminal().random());
        String hash = ClientSecret.hash(token);
        Instant expiresAt = call.terminal().clock().instant().plus(life);
        store.unitOfWork().run(transaction -> {
            store.initialAccessTokens().insert(transaction, hash, uses, expiresAt);
            store.record(
                    transaction,
                    AuditEvent.of(AuditEvent.Type.INITIAL_TOKEN)
                            .with("initial_token", hash.substring(0, 8))
                            .with("uses", uses)
                            .with("expires", expiresAt));
            return true;
        });
        call.say("initial access token: " + token + " (shown only now)");
        if (call.settings().registration().access() == Access.OFF) {
            call.terminal().err().println("latchkey: registration.access is off: nobody can register until it is set");
        }
        return OK;
    }

    private static int uses(String text) {
        try {
            int uses = Integer.parseInt(text);
            if (uses >= 1 && uses <= MOST_USES) {
                return uses;
            }
        } catch (NumberFormatException _) {
            throw badUses();
        }
        throw badUses();
    }

    private static CommandException badUses() {
        return CommandException.usage("--uses has to be a whole number from 1 to " + MOST_USES);
    }
}
