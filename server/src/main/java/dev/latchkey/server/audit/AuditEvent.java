package dev.latchkey.server.audit;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Something that happened to a user, a client, a session or a key.
 *
 * @param type what happened
 * @param fields who, where and why, by name; never a password, token or secret
 */
public record AuditEvent(Type type, Map<String, String> fields) {
    /** What becomes of events of a type. */
    public enum Kind {
        /** Changes what somebody may do, or says that somebody came in: kept, every one. */
        CHANGE,
        /** Anybody can cause it without having been let in: kept, so many a minute, and counted past that. */
        ERROR,
        /** Comes thousands a second and says that all is well: kept only where all is to be kept. */
        ROUTINE
    }

    /** What can happen, in the words that operators know from other servers. */
    public enum Type {
        LOGIN(Kind.CHANGE, "A user has logged in and a session has begun", "sub client_id sid jkt address"),
        LOGIN_ERROR(Kind.ERROR, "A login was refused", "sub client_id address reason"),
        CLIENT_LOGIN(Kind.ROUTINE, "A client was given a token of its own", "client_id jkt"),
        CLIENT_LOGIN_ERROR(Kind.ERROR, "A client could not prove who it is", "client_id address path reason"),
        DPOP_PROOF_ERROR(
                Kind.ERROR,
                "A DPoP proof was refused, or one was missing that was needed (RFC 9449)",
                "client_id jkt address path reason"),
        REFRESH_TOKEN(Kind.ROUTINE, "A refresh token was used", "sub client_id sid jkt"),
        REFRESH_TOKEN_REPLAY(
                Kind.CHANGE,
                "A refresh token was used that had a successor; its session has ended (RFC 9700 §4.14.2)",
                "sub client_id sid address generation"),
        AUTHORIZE_ERROR(Kind.ERROR, "An authorization request was refused", "sub client_id address reason"),
        PUSHED_REQUEST(Kind.ROUTINE, "A client has pushed an authorization request (RFC 9126)", "client_id address"),
        PUSHED_REQUEST_ERROR(Kind.ERROR, "A pushed authorization request was refused", "client_id address reason"),
        CODE_TO_TOKEN(Kind.CHANGE, "An authorization code was redeemed", "sub client_id sid jkt address"),
        CODE_TO_TOKEN_ERROR(Kind.ERROR, "An authorization code was refused", "sub client_id sid address reason"),
        CODE_REPLAY(
                Kind.ERROR,
                "An authorization code was used twice; what it was redeemed for has ended (RFC 9700 §4.5)",
                "sub client_id sid address"),
        REVOKE_GRANT(Kind.CHANGE, "A client has revoked a token (RFC 7009)", "sub client_id sid jti address"),
        LOGOUT(Kind.CHANGE, "A user has logged out", "sub client_id sid address"),
        LOGOUT_ERROR(Kind.ERROR, "A logout request was refused", "sub client_id sid address reason"),
        SESSION_END(
                Kind.CHANGE,
                "A session was ended by somebody else than its user, or all of a user's were",
                "sub client_id sid address reason count"),
        BACKCHANNEL_LOGOUT(Kind.CHANGE, "A client was told of a logout", "sub client_id sid"),
        BACKCHANNEL_LOGOUT_ERROR(
                Kind.ERROR, "A client could not be told of a logout", "sub client_id sid reason attempts"),
        GRANT_CONSENT(Kind.CHANGE, "A user has let a client have scopes", "sub client_id scope address"),
        DENY_CONSENT(Kind.CHANGE, "A user has refused what a client asked for", "sub client_id scope address"),
        REVOKE_CONSENT(Kind.CHANGE, "A user has withdrawn a consent", "sub client_id scope address"),
        CLIENT_REGISTER(Kind.CHANGE, "A client was added", "client_id address origin"),
        CLIENT_REGISTER_ERROR(Kind.ERROR, "The registration of a client was refused", "client_id address reason"),
        CLIENT_UPDATE(Kind.CHANGE, "The metadata of a client were changed", "client_id address origin change"),
        CLIENT_DELETE(Kind.CHANGE, "A client was removed", "client_id address origin"),
        INITIAL_TOKEN(
                Kind.CHANGE, "A token was made with which clients can register", "initial_token uses expires origin"),
        CLIENT_SECRET_CHANGE(Kind.CHANGE, "A client was given another secret", "client_id address origin"),
        USER_CREATE(Kind.CHANGE, "A user was added", "sub username origin"),
        USER_UPDATE(Kind.CHANGE, "The data of a user were changed", "sub username address origin change"),
        USER_DISABLE(Kind.CHANGE, "A user was disabled; every session has ended", "sub username origin"),
        USER_ENABLE(Kind.CHANGE, "A user may log in again", "sub username origin"),
        UPDATE_PASSWORD(
                Kind.CHANGE, "A user has another password; every session has ended", "sub username address origin"),
        KEY_ROTATION(Kind.CHANGE, "A signing key was made", "kid alg"),
        EPOCH_BEGIN(
                Kind.CHANGE,
                "A new epoch has begun, as after a restored backup; everything issued before has ended",
                "epoch origin"),
        EVENTS_OMITTED(
                Kind.CHANGE,
                "Events were not kept: past the bound of a minute, or because the store took none for too long",
                "omitted count reason");

        private final Kind kind;
        private final String meaning;
        private final String usualFields;

        Type(Kind kind, String meaning, String usualFields) {
            this.kind = kind;
            this.meaning = meaning;
            this.usualFields = usualFields;
        }

        /** The name in logs and in the store: {@code refresh_token_replay}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public Kind kind() {
            return kind;
        }

        /** What it says, in a sentence for the operator. */
        public String meaning() {
            return meaning;
        }

        /** The fields that it has where they are known. */
        public List<String> usualFields() {
            return List.of(usualFields.split(" ", -1));
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
