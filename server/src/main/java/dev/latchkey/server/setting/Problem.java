package dev.latchkey.server.setting;

/**
 * One reason why a configuration is refused. Never holds the value of a secret key or text that came from the environment.
 *
 * @param place where
 * @param key which key, in dotted form, for example {@code tokens.access-lifetime} or {@code clients[0].client_id}; empty
 *     where no key is concerned
 * @param reason what is wrong and what would be right, in one line
 */
public record Problem(Place place, String key, String reason) {
    /** As printed: {@code latchkey.yaml:12: tokens.access-lifetime: has to be a duration such as 90s}. */
    @Override
    public String toString() {
        return key.isEmpty() ? place + ": " + reason : place + ": " + key + ": " + reason;
    }
}
