package dev.latchkey.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the identity of the moment. A handshake asks for an alias, the key and the chain one after the other, so an alias
 * stands for one identity, also for a handshake that began just before a change.
 */
@SuppressWarnings("NullAway") // null is how this interface of the JDK says no
final class CurrentIdentity extends X509ExtendedKeyManager {
    private volatile Generations generations;

    private record Generation(String alias, TlsIdentity identity) {}

    private record Generations(Generation current, @Nullable Generation previous) {
        @Nullable
        TlsIdentity of(String alias) {
            if (alias.equals(current.alias())) {
                return current.identity();
            }
            return previous != null && alias.equals(previous.alias()) ? previous.identity() : null;
        }
    }

    CurrentIdentity(TlsIdentity identity) {
        this.generations = new Generations(new Generation("0", identity), null);
    }

    TlsIdentity current() {
        return generations.current().identity();
    }

    /** From now on. Called by one thread. */
    void change(TlsIdentity identity) {
        Generation last = generations.current();
        String alias = Integer.toString(Integer.parseInt(last.alias()) + 1);
        generations = new Generations(new Generation(alias, identity), last);
    }

    private @Nullable String alias(String keyType) {
        Generation current = generations.current();
        return current.identity().key().getAlgorithm().equals(keyType) ? current.alias() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        TlsIdentity identity = generations.of(alias);
        return identity == null ? null : identity.chain();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        TlsIdentity identity = generations.of(alias);
        return identity == null ? null : identity.key();
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
