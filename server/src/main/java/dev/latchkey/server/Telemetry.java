package dev.latchkey.server;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.http.RequestObserver;
import dev.latchkey.server.http.Response;
import dev.latchkey.server.log.EventLog;
import dev.latchkey.server.log.LogEvent;
import dev.latchkey.server.log.RequestLog;
import dev.latchkey.server.metric.Meters;
import dev.latchkey.server.password.HashQueueListener;
import dev.latchkey.server.sql.StoreListener;
import java.time.Duration;
import java.util.function.Supplier;

/** What the parts tell while they run, passed on to the log and the meters. */
final class Telemetry implements AuditTrail, RequestObserver, HashQueueListener, StoreListener {
    private final Meters meters;
    private final EventLog log;
    private final RequestLog requestLog;
    private final boolean ofOneOfMany;

    Telemetry() {
        this(new Meters(), new EventLog(), false);
    }

    private Telemetry(Meters meters, EventLog log, boolean ofOneOfMany) {
        this.meters = meters;
        this.log = log;
        this.ofOneOfMany = ofOneOfMany;
        this.requestLog = new RequestLog(log, false);
    }

    /** For one of many issuers: its lines in the log name it; the meters count for all of them together. */
    Telemetry of(String issuer) {
        return new Telemetry(meters, log.with("issuer", issuer), true);
    }

    EventLog log() {
        return log;
    }

    Meters meters() {
        return meters;
    }

    /** Counts tokens, and logs all events but those that come thousands a second and say that all is well. */
    @Override
    public void record(AuditEvent event) {
        switch (event.type()) {
            case CLIENT_LOGIN -> meters.tokensIssued("client_credentials");
            case REFRESH_TOKEN -> meters.tokensIssued("refresh_token");
            case PUSHED_REQUEST -> {
                // the count of answers by route tells it
            }
            case LOGIN -> {
                meters.tokensIssued("password");
                log.info(logged(event));
            }
            case CODE_TO_TOKEN -> {
                meters.tokensIssued("authorization_code");
                log.info(logged(event));
            }
            case LOGIN_ERROR,
                    CLIENT_LOGIN_ERROR,
                    DPOP_PROOF_ERROR,
                    AUTHORIZE_ERROR,
                    PUSHED_REQUEST_ERROR,
                    CODE_TO_TOKEN_ERROR,
                    REVOKE_GRANT,
                    LOGOUT,
                    LOGOUT_ERROR,
                    SESSION_END,
                    BACKCHANNEL_LOGOUT,
                    GRANT_CONSENT,
                    DENY_CONSENT,
                    REVOKE_CONSENT,
                    CLIENT_REGISTER,
                    CLIENT_REGISTER_ERROR,
                    CLIENT_UPDATE,
                    CLIENT_DELETE,
                    INITIAL_TOKEN,
                    CLIENT_SECRET_CHANGE,
                    USER_CREATE,
                    USER_UPDATE,
                    USER_DISABLE,
                    USER_ENABLE,
                    UPDATE_PASSWORD,
                    KEY_ROTATION -> log.info(logged(event));
            case REFRESH_TOKEN_REPLAY, CODE_REPLAY, BACKCHANNEL_LOGOUT_ERROR, EPOCH_BEGIN, EVENTS_OMITTED ->
                log.warn(logged(event));
        }
    }

    private static LogEvent logged(AuditEvent event) {
        return LogEvent.of(event.type().code()).with(event.fields());
    }

    @Override
    public void answered(String route, Request request, Response response, long nanos) {
        meters.answered(route, request, response, nanos);
        requestLog.answered(route, request, response, nanos);
    }

    @Override
    public void failed(String route, Request request, Throwable failure) {
        meters.failed(route, request, failure);
        requestLog.failed(route, request, failure);
    }

    @Override
    public void finished(Duration waited, Duration took) {
        meters.hashed(waited, took);
    }

    @Override
    public void refused() {
        meters.hashRefused();
    }

    @Override
    public void batchEnded(Batch batch) {
        meters.batchEnded(batch.size(), batch.longestWait(), batch.commit(), batch.stored());
    }

    @Override
    public void workRepeated() {
        meters.workRepeated();
    }

    /** Nothing else tells for half a minute why a start takes so long; one of many issuers tells when it could not be opened. */
    @Override
    public void awaited(String reason, Duration patience) {
        if (!ofOneOfMany) {
            log.warn(LogEvent.of("store_awaited").with("reason", reason).with("patience", patience));
        }
    }

    /** Of the pools of many issuers nothing is told: they come and go, and a meter each would be too many. */
    @Override
    public void poolOpened(String name, Supplier<PoolUse> use) {
        if (ofOneOfMany) {
            return;
        }
        meters.poolOpened(
                name,
                () -> use.get().active(),
                () -> use.get().idle(),
                () -> use.get().waiting());
    }
}
