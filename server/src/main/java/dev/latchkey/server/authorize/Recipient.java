package dev.latchkey.server.authorize;

import dev.latchkey.server.client.Client;
import dev.latchkey.server.protocol.ResponseMode;
import java.util.Optional;

/**
 * Who gets the answer, and how: the client and the redirect URI are proven to belong together, so that errors may go there
 * too.
 *
 * @param client known and enabled
 * @param redirectUri one of the client's
 * @param mode how answers are sent
 * @param state to be sent along
 */
public record Recipient(Client client, String redirectUri, ResponseMode mode, Optional<String> state) {}
