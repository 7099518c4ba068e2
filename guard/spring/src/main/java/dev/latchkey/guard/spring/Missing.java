package dev.latchkey.guard.spring;

import static dev.latchkey.guard.spring.GuardAuthentication.ROLE;
import static dev.latchkey.guard.spring.GuardAuthentication.SCOPE;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.RefusedAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.core.GrantedAuthority;

/**
 * What a caller lacks whom Spring Security denied something, as far as it can be told, so that the answer names the scopes (RFC
 * 6750 §3). A rule that more than one set of authorities would satisfy names none.
 */
final class Missing {
    private static final Pattern AND = Pattern.compile("\\s+(?:and|AND|&&)\\s+");
    private static final Pattern AUTHORITY = Pattern.compile("\\s*has(Authority|Role)\\(\\s*'([^']+)'\\s*\\)\\s*");

    private Missing() {}

    /** The guard's own answer, where it was the guard that denied. */
    static @Nullable RefusedAnswer answer(AccessDeniedException reason) {
        return result(reason) instanceof NeededAccess.Denied denied ? denied.answer() : null;
    }

    static Access of(AccessDeniedException reason) {
        List<String> all = List.of();
        AuthorizationResult result = result(reason);
        if (result instanceof AuthorityAuthorizationDecision decision) {
            all = oneOf(decision.getAuthorities());
        } else if (result instanceof ExpressionAuthorizationDecision decision) {
            all = allOf(decision.getExpression().getExpressionString());
        }
        Access missing = Access.authenticated();
        for (String authority : all) {
            if (authority.startsWith(ROLE)) {
                missing = missing.roles(authority.substring(ROLE.length()));
            } else if (authority.startsWith(SCOPE)) {
                missing = withScope(missing, authority.substring(SCOPE.length()));
            }
        }
        return missing;
    }

    private static @Nullable AuthorizationResult result(AccessDeniedException reason) {
        return reason instanceof AuthorizationDeniedException denied ? denied.getAuthorizationResult() : null;
    }

    private static List<String> oneOf(Collection<GrantedAuthority> authorities) {
        List<String> names = new ArrayList<>();
        for (GrantedAuthority each : authorities) {
            String name = each.getAuthority();
            if (name != null) {
                names.add(name);
            }
        }
        return names.size() == 1 || names.stream().allMatch(name -> name.startsWith(ROLE)) ? names : List.of();
    }

    private static List<String> allOf(String expression) {
        List<String> names = new ArrayList<>();
        for (String term : AND.split(expression, -1)) {
            Matcher authority = AUTHORITY.matcher(term);
            if (!authority.matches()) {
                return List.of();
            }
            String name = authority.group(2);
            boolean bare = authority.group(1).equals("Role") && !name.startsWith(ROLE);
            names.add(bare ? ROLE + name : name);
        }
        return names;
    }

    private static Access withScope(Access access, String scope) {
        try {
            return access.scopes(scope);
        } catch (IllegalArgumentException e) {
            return access; // no scope of RFC 6749 §3.3, which no challenge can name
        }
    }
}
