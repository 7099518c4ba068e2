package dev.latchkey.guard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.guard.Access;
import dev.latchkey.guard.jaxrs.ResourceAccess.Closed;
import dev.latchkey.guard.jaxrs.ResourceAccess.Guarded;
import dev.latchkey.guard.jaxrs.ResourceAccess.Open;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ResourceAccessTest {
    private static final Access ANY = Access.authenticated();

    static class Plain {
        public void get() {}
    }

    @Scopes("orders:read")
    static class Orders {
        public void read() {}

        @Scopes("orders:write")
        public void write() {}

        @RolesAllowed("admin")
        public void delete() {}

        @PermitAll
        public void open() {}

        @DenyAll
        public void closed() {}

        @CallerOptional
        public void optional() {}

        @RolesAllowed({})
        public void forNobody() {}

        @PermitAll
        @Scopes("orders:read")
        public void both() {}
    }

    @PermitAll
    static class OpenOrders {
        public void open() {}

        @Scopes("orders:write")
        public void write() {}
    }

    interface Specified {
        @RolesAllowed("admin")
        void specified();
    }

    @PermitAll
    static class Below extends Orders implements Specified {
        @Override
        public void specified() {}

        @Override
        public void delete() {}
    }

    @Test
    void needsACallerUnlessSomethingIsSaid() {
        assertThat(of(Plain.class, "get")).isEqualTo(new Guarded(ANY));
    }

    @Test
    void takesTheScopesOfTheMethodInPlaceOfThoseOfTheClass() {
        assertThat(of(Orders.class, "read")).isEqualTo(new Guarded(ANY.scopes("orders:read")));
        assertThat(of(Orders.class, "write")).isEqualTo(new Guarded(ANY.scopes("orders:write")));
    }

    @Test
    void wantsTheScopesOfTheClassBesideTheRolesOfTheMethod() {
        assertThat(of(Orders.class, "delete"))
                .isEqualTo(new Guarded(ANY.scopes("orders:read").roles("admin")));
        assertThat(of(Orders.class, "optional"))
                .isEqualTo(new Guarded(Access.optional().scopes("orders:read")));
    }

    @Test
    void opensAndClosesByWhatStandsNearest() {
        assertThat(of(Orders.class, "open")).isEqualTo(new Open());
        assertThat(of(Orders.class, "closed")).isEqualTo(new Closed());
        assertThat(of(OpenOrders.class, "open")).isEqualTo(new Open());
        assertThat(of(OpenOrders.class, "write")).isEqualTo(new Guarded(ANY.scopes("orders:write")));
    }

    @Test
    void letsNobodyInByNoRole() {
        assertThat(of(Orders.class, "forNobody")).isEqualTo(new Closed());
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatThrownBy(() -> of(Orders.class, "both"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("contradict");
    }

    /** A class says nothing about methods that it inherits, and nothing that opens what its interface guards. */
    @Test
    void keepsWhatIsSaidAbove() {
        assertThat(of(Below.class, "read")).isEqualTo(new Guarded(ANY.scopes("orders:read")));
        assertThat(of(Below.class, "write")).isEqualTo(new Guarded(ANY.scopes("orders:write")));
        assertThat(of(Below.class, "specified"))
                .isEqualTo(new Guarded(ANY.scopes("orders:read").roles("admin")));
        assertThat(of(Below.class, "delete")).isEqualTo(of(Orders.class, "delete"));
    }

    private static ResourceAccess of(Class<?> type, String name) {
        return ResourceAccess.of(
                Arrays.stream(type.getMethods())
                        .filter(method -> method.getName().equals(name) && !method.isBridge())
                        .findFirst()
                        .orElseThrow(),
                type);
    }
}
