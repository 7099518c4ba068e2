package dev.latchkey.server.logout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.server.Issuer;
import dev.latchkey.server.Stores;
import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.audit.TimedEvent;
import dev.latchkey.server.client.ClientKeySource;
import dev.latchkey.server.outbound.Outbound;
import dev.latchkey.server.outbound.OutboundSettings;
import dev.latchkey.server.outbound.Resolver;
import dev.latchkey.server.protocol.ClientId;
import dev.latchkey.server.protocol.SessionId;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UserId;
import dev.latchkey.server.signout.LogoutDeliverer;
import dev.latchkey.server.signout.LogoutDelivery;
import dev.latchkey.server.signout.LogoutTokens;
import dev.latchkey.server.token.JweEncrypter;
import dev.latchkey.server.token.Subjects;
import dev.latchkey.token.UnverifiedToken;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Two servers on one store tell a client once of each logout. */
class TwoWorkersTest {
    private static final int LOGOUTS = 60;

    @Test
    void eachLogoutIsToldOnce() {
        try (SignedInScene scene = new SignedInScene();
                Outbound outbound = outbound(scene.server().clock());
                LogoutDeliverer second = deliverer(scene, outbound)) {
            Stores stores = scene.server().server().issuer().stores();
            enqueue(stores, scene.server().clock().instant());

            second.wake();
            Set<Object> told = new HashSet<>();
            for (int i = 0; i < LOGOUTS; i++) {
                told.add(UnverifiedToken.parse(scene.relyingParty().next().logoutToken())
                        .claims()
                        .get("sid"));
                second.wake();
            }

            assertThat(told).hasSize(LOGOUTS);
            assertThat(scene.awaitEvents("backchannel_logout", LOGOUTS)).hasSize(LOGOUTS);
            assertThat(scene.relyingParty().waiting()).isZero();
            assertThat(stores.logoutDeliveries().listDue(Instant.parse("2100-01-01T00:00:00Z"), 10))
                    .isEmpty();
        }
    }

    /** Keeps the events of the second worker beside those of the first. */
    private record Kept(Stores stores, InstantSource clock) implements AuditTrail {
        @Override
        public void record(AuditEvent event) {}

        @Override
        public void record(Transaction transaction, AuditEvent event) {
            stores.auditEvents().append(transaction, List.of(new TimedEvent(clock.instant(), event)));
        }
    }

    private static void enqueue(Stores stores, Instant now) {
        UserId alice = stores.users().findByUsername("alice").orElseThrow().id();
        stores.unitOfWork().run(transaction -> {
            for (int i = 0; i < LOGOUTS; i++) {
                SessionId session = new SessionId("%022d".formatted(i));
                stores.logoutDeliveries()
                        .insert(
                                transaction,
                                new LogoutDelivery("d" + i, new ClientId("web"), alice, session, now, now, 0));
            }
            return true;
        });
    }

    private static Outbound outbound(InstantSource clock) {
        return new Outbound(
                new OutboundSettings(Duration.ofSeconds(60), 65_536, List.of(), true), Resolver.system(), clock);
    }

    private static LogoutDeliverer deliverer(SignedInScene scene, Outbound outbound) {
        Issuer issuer = scene.server().server().issuer();
        InstantSource clock = scene.server().clock();
        SecureRandom random = new SecureRandom();
        JweEncrypter encrypter = new JweEncrypter(new ClientKeySource(outbound), random);
        Subjects subjects = new Subjects(new byte[32]);
        Stores stores = issuer.stores();
        return new LogoutDeliverer(
                new LogoutDeliverer.Stores(
                        stores.logoutDeliveries(), stores.clients(), stores.users(), stores.unitOfWork()),
                new LogoutTokens(
                        issuer.url(), new LogoutTokens.Tokens(encrypter, subjects), issuer.keys(), clock, random),
                outbound,
                new Kept(stores, clock),
                clock);
    }
}
