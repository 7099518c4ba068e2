package dev.latchkey.server.command;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.client.AuthenticationMethod;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.client.ClientSecret;
import dev.latchkey.server.protocol.Origin;
import dev.latchkey.server.setting.ClientForm;
import dev.latchkey.server.setting.ClientSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code client add}: under the same rules as a client of the configuration; its secret is made and printed once. */
final class ClientAdd extends StoreCommand {
    ClientAdd(Backend backend) {
        super(backend);
    }

    @Override
    public Syntax syntax() {
        return spec("add", "Adds a client; its secret is made and printed once.")
                .option("--name", "NAME", "client_name, as shown to people.")
                .repeated("--redirect-uri", "URL", "One of redirect_uris.")
                .repeated(
                        "--grant-type",
                        "GRANT",
                        "One of grant_types: authorization_code (if none is named), refresh_token, client_credentials, "
                                + "password.")
                .option(
                        "--auth-method",
                        "METHOD",
                        "token_endpoint_auth_method: client_secret_basic unless given, "
                                + "client_secret_post, client_secret_jwt, private_key_jwt, none.")
                .option("--jwks-uri", "URL", "jwks_uri: where the public keys for private_key_jwt are.")
                .option("--jwks", "JSON", "jwks: the public keys themselves.")
                .option("--scope", "SCOPES", "All it may ask for, separated by blanks.")
                .repeated("--audience", "URL", "A resource it may ask for.")
                .flag("--require-par", "require_pushed_authorization_requests: it has to push its requests to /par.")
                .flag(
                        "--dpop-bound-access-tokens",
                        "dpop_bound_access_tokens: it gets tokens only with a DPoP proof, bound to its key.")
                .positional("CLIENT_ID", "Its client_id.");
    }

    @Override
    int run(Call call, Backend.Administration store) {
        Arguments arguments = call.arguments();
        AuthenticationMethod method = AuthenticationMethod.named(arguments.text("--auth-method", ""))
                .orElse(AuthenticationMethod.CLIENT_SECRET_BASIC);
        Optional<String> secret = Optional.of(
                        ClientSecret.generate(call.terminal().random(), method))
                .filter(_ -> method.usesSecret());
        Map<String, List<String>> metadata = new LinkedHashMap<>();
        metadata.put("client_id", List.of(arguments.positional()));
        metadata.put("client_secret", secret.stream().toList());
        metadata.put("client_name", arguments.text("--name").stream().toList());
        metadata.put("redirect_uris", arguments.all("--redirect-uri"));
        metadata.put("grant_types", arguments.all("--grant-type"));
        metadata.put(
                "token_endpoint_auth_method",
                arguments.text("--auth-method").stream().toList());
        metadata.put("jwks", arguments.text("--jwks").stream().toList());
        metadata.put("jwks_uri", arguments.text("--jwks-uri").stream().toList());
        metadata.put("scope", arguments.text("--scope").stream().toList());
        metadata.put("audience", arguments.all("--audience"));
        metadata.put(
                "require_pushed_authorization_requests", arguments.flag("--require-par") ? List.of("true") : List.of());
        if (arguments.flag("--dpop-bound-access-tokens")) {
            metadata.put("dpop_bound_access_tokens", List.of("true"));
        }
        ClientForm form = ClientForm.read(metadata, call.settings().scopes().keySet());
        ClientSettings settings = form.client()
                .orElseThrow(() -> CommandException.refused(form.problems().stream()
                        .map(line -> "latchkey: " + line)
                        .toList()));
        Client client = new Client(
                settings.id(),
                store.clientSecrets().keep(settings.id(), method, settings.secret()),
                settings.metadata(),
                false,
                Origin.COMMAND,
                call.terminal().clock().instant());
        boolean added = store.unitOfWork().run(transaction -> {
            boolean inserted = store.clients().insert(transaction, client);
            if (inserted) {
                store.record(transaction, event(AuditEvent.Type.CLIENT_REGISTER, client));
            }
            return inserted;
        });
        if (!added) {
            throw CommandException.refused("there is a client " + client.id());
        }
        call.say("added " + client.id());
        secret.ifPresent(text -> call.say("client_secret: " + text + " (shown only now)"));
        return OK;
    }
}
