package dev.latchkey.guard;

import dev.latchkey.guard.Credentials.TokenScheme;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a token that is bound to its sender against what the sender shows: a DPoP proof (RFC 9449 §7.1) or the certificate of
 * the connection (RFC 8705 §3). A bound token is nothing to anybody else.
 */
final class SenderProofs {
    private final DpopProofs dpop;
    private final boolean required;

    /** @param required whether tokens that are bound to nobody are refused */
    SenderProofs(DpopProofs dpop, boolean required) {
        this.dpop = dpop;
        this.required = required;
    }

    /** @throws RefusedException if the request does not show what the token is bound to */
    void check(TrustedToken token, Credentials.Token sent, GuardRequest request, Challenges challenges) {
        TrustedToken.Confirmation confirmation = token.confirmation();
        Optional<String> key = confirmation == null ? Optional.empty() : confirmation.keyThumbprint();
        if (sent.scheme() == TokenScheme.DPOP) {
            if (key.isEmpty()) {
                throw challenges.invalidToken("The access token is not bound to a key"); // RFC 9449 §7.1
            }
            dpop.check(request, sent.text(), key.get(), challenges);
        } else if (key.isPresent()) {
            throw challenges.invalidToken("The access token needs the DPoP scheme and a proof"); // RFC 9449 §7.2
        }
        if (confirmation == null) {
            if (required) {
                throw challenges.invalidToken("Only sender-constrained access tokens are taken");
            }
            return;
        }
        confirmation.certificateThumbprint().ifPresent(expected -> {
            if (!matches(request.clientCertificate(), expected)) {
                throw challenges.invalidToken("The access token belongs to another certificate"); // RFC 8705 §3
            }
        });
    }

    private static boolean matches(@Nullable X509Certificate certificate, String expected) {
        if (certificate == null) {
            return false;
        }
        try {
            byte[] digest = sha256(certificate.getEncoded());
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .equals(expected);
        } catch (CertificateEncodingException e) {
            return false;
        }
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
