package dev.latchkey.guard;

import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Names and passwords sent with each request (RFC 7617).
 *
 * @param realm what the name and the password are for
 * @param check whose they are; empty if they do not belong together
 */
record BasicScheme(String realm, BiFunction<String, String, Optional<Caller>> check) {
    Optional<Caller> caller(Credentials.Basic credentials) {
        return check.apply(credentials.username(), credentials.password());
    }
}
