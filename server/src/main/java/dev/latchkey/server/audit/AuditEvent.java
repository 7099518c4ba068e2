package dev.latchkey.server.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Something that happened to a user, a client, a session or a key.
 *
 * @param type what happened
 * @param fields who, where and why, by name; never a password, token or secret
 */
public record AuditEvent(Type type, Map<String, String> fields) {
    /** What can happen, in the words that operators know from other servers. */
    public enum Type {
        LOGIN,
        LOGIN_ERROR,
        CLIENT_LOGIN,
        CLIENT_LOGIN_ERROR,
        REFRESH_TOKEN,
        REFRESH_TOKEN_REPLAY,
        AUTHORIZE_ERROR,
        CODE_TO_TOKEN,
        CODE_TO_TOKEN_ERROR,
        CODE_REPLAY,
        REVOKE_GRANT,
        LOGOUT,
        LOGOUT_ERROR,
        SESSION_END,
        BACKCHANNEL_LOGOUT,
        BACKCHANNEL_LOGOUT_ERROR,
        GRANT_CONSENT,
        DENY_CONSENT,
        REVOKE_CONSENT,
        CLIENT_REGISTER,
        CLIENT_REGISTER_ERROR,
        CLIENT_UPDATE,
        CLIENT_DELETE,
        CLIENT_SECRET_CHANGE,
        USER_CREATE,
        USER_UPDATE,
        USER_DISABLE,
        USER_ENABLE,
        UPDATE_PASSWORD,
        KEY_ROTATION;

        /** The name in logs: {@code refresh_token_replay}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AuditEvent {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    public static AuditEvent of(Type type) {
        return new AuditEvent(type, Map.of());
    }

    public AuditEvent with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value.toString());
        return new AuditEvent(type, more);
    }
}
