package dev.latchkey.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A user, as a test declares it. Has the password {@link LatchkeyServer#PASSWORD} unless given one. */
public final class UserDeclaration {
    private final Map<String, Object> members = new LinkedHashMap<>();

    UserDeclaration(String username) {
        members.put("username", username);
        // of LatchkeyServer.PASSWORD, so that no start waits for it
        members.put(
                "password-hash",
                "$argon2id$v=19$m=7168,t=1,p=1$saenXrjcyYErHRqIhsvjaA$XQd9tO5SoXHga1TTJ0zRFw86Ld/6HIHJxwjKI0C6qdQ");
    }

    /** Another password. */
    public UserDeclaration password(String password) {
        members.remove("password-hash");
        return put("password", password);
    }

    /** The roles in the user's access tokens. */
    public UserDeclaration roles(String... roles) {
        return put("roles", List.of(roles));
    }

    /** The full name. */
    public UserDeclaration name(String name) {
        return put("name", name);
    }

    /** An e-mail address that is known to be the user's. */
    public UserDeclaration email(String email) {
        put("email_verified", true);
        return put("email", email);
    }

    /** A claim of OpenID Connect Core §5.1, for user info and ID tokens. */
    public UserDeclaration claim(String name, Object value) {
        return put(name, value);
    }

    /** May not log in. */
    public UserDeclaration disabled() {
        return put("disabled", true);
    }

    private UserDeclaration put(String name, Object value) {
        members.put(name, value);
        return this;
    }

    Map<String, Object> members() {
        return Map.copyOf(members);
    }
}
