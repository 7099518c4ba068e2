package dev.latchkey.guard.corpus;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import dev.latchkey.token.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The fixed keys of the corpus: one for each algorithm, named like it; {@code rsa-unbound}, which names no algorithm;
 * {@code encryption}, which is not for signatures; and the keys of strangers, who call them {@code es256} and {@code rs256}.
 */
final class Keys {
    private static final Map<String, JWK> ALL = read();

    private Keys() {}

    private static Map<String, JWK> read() {
        try (InputStream file = Objects.requireNonNull(Keys.class.getResourceAsStream("keys.json"))) {
            Map<String, JWK> keys = new LinkedHashMap<>();
            for (Map.Entry<String, Object> each :
                    Json.parseObject(file.readAllBytes()).entrySet()) {
                keys.put(each.getKey(), JWK.parse(Json.write(each.getValue())));
            }
            return keys;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException(e);
        }
    }

    static JWK jwk(String name) {
        return Objects.requireNonNull(ALL.get(name), name);
    }

    /** What the issuer publishes, as JSON text. */
    static String published() {
        List<Map<String, Object>> keys = new ArrayList<>();
        ALL.forEach((name, key) -> {
            if (!name.startsWith("stranger")) {
                keys.add(key.toPublicJWK().toJSONObject());
            }
        });
        return Json.write(Map.of("keys", keys));
    }

    static PrivateKey privateKey(String name) {
        JWK key = jwk(name);
        try {
            return key instanceof OctetKeyPair pair
                    ? KeyFactory.getInstance("Ed25519")
                            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, pair.getDecodedD()))
                    : ((AsymmetricJWK) key).toPrivateKey();
        } catch (GeneralSecurityException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static PublicKey publicKey(String name) {
        try {
            return ((AsymmetricJWK) jwk(name)).toPublicKey();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
