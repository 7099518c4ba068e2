package dev.latchkey.server.grant;

import dev.latchkey.server.protocol.GrantType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The grants that the token endpoint serves. Immutable. */
public final class Grants {
    private final Map<GrantType, Grant> byType = new LinkedHashMap<>();

    public Grants(List<Grant> grants) {
        for (Grant grant : grants) {
            if (byType.put(grant.type(), grant) != null) {
                throw new IllegalArgumentException("two grants of type " + grant.type());
            }
        }
    }

    Optional<Grant> find(String grantType) {
        return Optional.ofNullable(byType.get(new GrantType(grantType)));
    }

    /** In the order they were given: {@code grant_types_supported}. */
    public Set<GrantType> types() {
        return byType.keySet();
    }
}
