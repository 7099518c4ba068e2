package dev.latchkey.server.proof;

import dev.latchkey.server.audit.AuditEvent;
import dev.latchkey.server.audit.AuditTrail;
import dev.latchkey.server.client.Client;
import dev.latchkey.server.epoch.Epoch;
import dev.latchkey.server.http.Handler;
import dev.latchkey.server.http.Request;
import dev.latchkey.server.protocol.KeyThumbprint;
import dev.latchkey.server.protocol.OAuthError;
import dev.latchkey.server.protocol.OAuthException;
import dev.latchkey.server.protocol.Transaction;
import dev.latchkey.server.protocol.UnitOfWork;
import dev.latchkey.server.protocol.UsedTokenStore;
import dev.latchkey.token.Algorithm;
import dev.latchkey.token.DpopProof;
import dev.latchkey.token.DpopRefusal;
import dev.latchkey.token.DpopRefusedException;
import dev.latchkey.token.DpopRequest;
import dev.latchkey.token.UnverifiedDpopProof;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Checks the DPoP proofs of requests to one issuer (RFC 9449 §4.3). Each counts once, on whatever instance. Safe for many
 * threads.
 */
public final class DpopProofs {
    /** How old a proof may be where it has no nonce. */
    private static final Duration LIFE = Duration.ofSeconds(60);

    /** How far ahead its maker's clock may be. */
    private static final Duration AHEAD = Duration.ofSeconds(30);

    /** How long it is known that a proof was used: longer than any is taken, and than any request is under way. */
    private static final Duration KNOWN = Duration.ofMinutes(5);

    private final String issuer;
    private final Used used;
    private final Optional<DpopNonces> nonces;
    private final AuditTrail audit;
    private final InstantSource clock;

    /**
     * Where it is kept which proofs were used.
     *
     * @param epochs since when that is known
     */
    public record Used(UsedTokenStore store, Supplier<Epoch> epochs, UnitOfWork unitOfWork) {}

    /**
     * Checks proofs.
     *
     * @param issuer the address that clients know it by; where requests really came in does not count
     * @param nonces that a proof has to have; none where its age is judged by {@code iat}
     */
    public DpopProofs(String issuer, Used used, Optional<DpopNonces> nonces, AuditTrail audit, InstantSource clock) {
        this.issuer = issuer;
        this.used = used;
        this.nonces = nonces;
        this.audit = audit;
        this.clock = clock;
    }

    /** What proofs may be signed by: {@code dpop_signing_alg_values_supported} (RFC 9449 §5.1). */
    public static List<String> algorithms() {
        return DpopProof.ALGORITHMS.stream().map(Algorithm::name).toList();
    }

    /**
     * What a request for tokens shows of its sender: nothing, where the client sends no proof and need not.
     *
     * @param client has been authenticated: checking a signature is not for everybody
     * @throws OAuthException {@code invalid_dpop_proof} or {@code use_dpop_nonce} (RFC 9449 §5, §8)
     */
    public SenderProof ofTokenRequest(Request request, Client client) {
        SenderProof proof = ofPush(request, client);
        if (proof.key().isEmpty() && client.metadata().bound().dpop()) { // RFC 9449 §5.2
            throw proof.missing();
        }
        return proof;
    }

    /** The same of a pushed authorization request, which needs none of any client: its code will (RFC 9449 §10.1). */
    public SenderProof ofPush(Request request, Client client) {
        AuditEvent refusal = refusalOf(request).with("client_id", client.id());
        List<String> headers = request.headers().all(DpopProof.HEADER);
        if (headers.isEmpty()) {
            return new SenderProof(this, Optional.empty(), refusal);
        }
        try {
            DpopProof proof = verify(headers, DpopRequest.forTokens(request.method(), address(request)));
            return new SenderProof(this, Optional.of(proof), refusal);
        } catch (DpopRefusedException e) {
            throw refused(e.refusal(), refusal);
        }
    }

    /**
     * Lets a request through that presents a bound access token with a proof of its key, and uses the proof up.
     *
     * @throws OAuthException 401 with a challenge (RFC 9449 §7.1, §9)
     */
    public void checkAtResource(Request request, String accessToken, KeyThumbprint key) {
        AuditEvent refusal = refusalOf(request).with("jkt", key);
        DpopRequest asked = DpopRequest.forTokens(request.method(), address(request));
        try {
            DpopProof proof = verify(request.headers().all(DpopProof.HEADER), asked.with(accessToken, key.value()));
            if (!used.unitOfWork().run(transaction -> use(transaction, proof))) {
                throw refused(DpopRefusal.USED_BEFORE, refusal);
            }
        } catch (DpopRefusedException e) {
            throw atResource(refused(e.refusal(), refusal));
        } catch (OAuthException e) {
            throw atResource(e);
        }
    }

    /** The handler of a route that takes proofs: where there are nonces, it gives them out. */
    public Handler taking(Handler handler) {
        return nonces.<Handler>map(given -> new NonceHeader(handler, given)).orElse(handler);
    }

    /** As a refusal of a protected resource (RFC 9449 §7.1). */
    public static OAuthException atResource(OAuthException refused) {
        String challenge = "DPoP algs=\"" + algorithms().stream().collect(Collectors.joining(" ")) + "\"";
        return new OAuthException(refused.error().asChallenge(challenge), refused.reason());
    }

    private String address(Request request) {
        return issuer + request.path();
    }

    /** Its signature, which costs most, comes last. */
    private DpopProof verify(List<String> headers, DpopRequest asked) {
        UnverifiedDpopProof read = UnverifiedDpopProof.read(headers, asked);
        checkTime(read);
        return read.verify();
    }

    /** By the nonce where there are nonces: a client need not know the time then (RFC 9449 §4.3, 10 and 11). */
    private void checkTime(UnverifiedDpopProof proof) {
        if (nonces.isPresent()) {
            Optional<Instant> givenOut = Optional.ofNullable(proof.nonce()).flatMap(nonces.get()::givenOutAt);
            if (givenOut.filter(at -> !isOfEarlierEpoch(at, DpopNonces.SKEW)).isEmpty()) {
                throw new OAuthException(OAuthError.useDpopNonce());
            }
        } else if (!proof.isFresh(clock.instant(), LIFE, AHEAD) || isOfEarlierEpoch(proof.issuedAt(), AHEAD)) {
            throw new DpopRefusedException(DpopRefusal.NOT_FRESH);
        }
    }

    /** It may have been used, and that been forgotten. */
    private boolean isOfEarlierEpoch(Instant made, Duration ahead) {
        return used.epochs().get().isAfter(made, ahead);
    }

    /** False if it has been used before. */
    boolean use(Transaction transaction, DpopProof proof) {
        String digest = HexFormat.of().formatHex(proof.digest());
        return used.store().use(transaction, "", digest, clock.instant().plus(KNOWN));
    }

    OAuthException refused(DpopRefusal refusal, AuditEvent event) {
        String reason = refusal.name().toLowerCase(Locale.ROOT);
        audit.record(event.with("reason", reason));
        if (refusal == DpopRefusal.OTHER_KEY) { // RFC 9449 §7.1: the proof may be right, the token is not the sender's
            return new OAuthException(OAuthError.invalidToken(), reason);
        }
        return new OAuthException(OAuthError.invalidDpopProof(refusal.sentence()), reason);
    }

    private static AuditEvent refusalOf(Request request) {
        return AuditEvent.of(AuditEvent.Type.DPOP_PROOF_ERROR)
                .with("path", request.path())
                .with("address", request.remoteAddress().getHostAddress());
    }
}
