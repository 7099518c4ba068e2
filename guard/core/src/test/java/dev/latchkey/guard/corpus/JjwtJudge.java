package dev.latchkey.guard.corpus;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.LocatorAdapter;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.security.Key;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** JJWT, by its README: a key locator, algorithms cut down to the expected ones. */
final class JjwtJudge implements Judge {
    private final JwtParser parser;

    JjwtJudge() {
        var algorithms = Jwts.parser().sig().clear();
        for (String name : ALGORITHMS) {
            algorithms.add(Jwts.SIG.get().forKey(name));
        }
        Set<Jwk<?>> keys = Jwks.setParser().build().parse(Keys.published()).getKeys();
        parser = algorithms
                .and()
                .keyLocator(new LocatorAdapter<Key>() {
                    @Override
                    protected @Nullable Key locate(JwsHeader header) {
                        return keys.stream()
                                .filter(key -> header.getKeyId() == null
                                        ? header.getAlgorithm().equals(key.getAlgorithm())
                                        : header.getKeyId().equals(key.getId()))
                                .findFirst()
                                .<Key>map(Jwk::toKey)
                                .orElse(null);
                    }
                })
                .requireIssuer(Mint.ISSUER)
                .requireAudience(Mint.AUDIENCE)
                .clock(() -> Date.from(Mint.NOW))
                .build();
    }

    @Override
    public String name() {
        return "jjwt";
    }

    @Override
    public Class<?> origin() {
        return JwtParser.class;
    }

    @Override
    public String setUp() {
        return "`Jwts.parser()` with `sig()` cut down to the expected algorithms, a `keyLocator` over the parsed key"
                + " set (by `kid`, without one by `alg`), `requireIssuer`, `requireAudience`; no clock skew. By hand,"
                + " since it has no check for them: the type, and that `exp`, `iat`, `sub`, `jti` and `client_id` are"
                + " there, read by their typed getters like `scope`.";
    }

    @Override
    public boolean accepts(String token) {
        try {
            Jws<Claims> jws = parser.parseSignedClaims(token);
            Claims claims = jws.getPayload();
            claims.get("scope", String.class);
            return Judge.isAccessTokenType(jws.getHeader().getType())
                    && claims.getExpiration() != null
                    && claims.getIssuedAt() != null
                    && claims.getSubject() != null
                    && claims.getId() != null
                    && claims.get("client_id", String.class) != null;
        } catch (JwtException | IllegalArgumentException e) {
            return false;
        }
    }
}
