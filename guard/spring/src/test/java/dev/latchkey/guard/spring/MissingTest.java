package dev.latchkey.guard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.guard.Access;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorityAuthorizationDecision;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.ExpressionAuthorizationDecision;
import org.springframework.security.core.authority.AuthorityUtils;

class MissingTest {
    private static final Access ANY = Access.authenticated();

    @Test
    void namesWhatARuleWantsPlainly() {
        assertThat(expression("hasAuthority('SCOPE_a')")).isEqualTo(ANY.scopes("a"));
        assertThat(expression("hasAuthority('SCOPE_a') and hasAuthority('SCOPE_b')"))
                .isEqualTo(ANY.scopes("a", "b"));
        assertThat(expression("hasAuthority('SCOPE_a') && hasRole('admin')"))
                .isEqualTo(ANY.scopes("a").roles("admin"));
        assertThat(authorities("SCOPE_a")).isEqualTo(ANY.scopes("a"));
        assertThat(authorities("ROLE_admin", "ROLE_owner")).isEqualTo(ANY.roles("admin", "owner"));
    }

    @Test
    void namesNothingWhereThereAreSeveralWays() {
        for (String text : List.of(
                "hasAuthority('SCOPE_a') or hasAuthority('SCOPE_b')",
                "hasAnyAuthority('SCOPE_a', 'SCOPE_b')",
                "!hasAuthority('SCOPE_a')",
                "hasAuthority('SCOPE_a') and #id == authentication.name",
                "denyAll")) {
            assertThat(expression(text)).as(text).isEqualTo(ANY);
        }
        assertThat(authorities("SCOPE_a", "SCOPE_b")).isEqualTo(ANY);
        assertThat(Missing.of(new AccessDeniedException("by the application"))).isEqualTo(ANY);
    }

    /** RFC 6749 §3.3. */
    @Test
    void namesNoScopeThatAChallengeCannotHold() {
        assertThat(authorities("SCOPE_a\"b")).isEqualTo(ANY);
        assertThat(authorities("SCOPE_")).isEqualTo(ANY);
    }

    private static Access expression(String text) {
        return Missing.of(new AuthorizationDeniedException(
                "denied",
                new ExpressionAuthorizationDecision(false, new SpelExpressionParser().parseExpression(text))));
    }

    private static Access authorities(String... names) {
        return Missing.of(new AuthorizationDeniedException(
                "denied", new AuthorityAuthorizationDecision(false, AuthorityUtils.createAuthorityList(names))));
    }
}
