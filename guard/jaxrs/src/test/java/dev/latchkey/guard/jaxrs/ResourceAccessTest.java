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
import java.lang.reflect.Method;
import java.time.Duration;
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

    @CallerOptional
    static class OptionalOrders {
        public void optional() {}

        @RolesAllowed("admin")
        public void delete() {}

        @StepUp(maxAgeSeconds = 300)
        public void pay() {}

        @CallerOptional
        @Scopes("orders:read")
        public void both() {}
    }

    interface Crud<T> {
        @RolesAllowed("admin")
        void delete(T id);

        @PermitAll
        void read(T id);

        @CallerOptional
        void greet(T id);

        void write(T id);
    }

    static class Named<T> {
        @Scopes("names:write")
        public void rename(T id, String name) {}
    }

    @PermitAll
    static class Generic extends Named<Long> implements Crud<Long> {
        @Override
        public void delete(Long id) {}

        @Override
        public void read(Long id) {}

        @Override
        public void greet(Long id) {}

        @Override
        @StepUp
        public void write(Long id) {}

        @Override
        public void rename(Long id, String name) {}
    }

    abstract static class Closing implements Crud<Long> {
        @Override
        public void read(Long id) {}

        @Override
        public void greet(Long id) {}
    }

    static class Inheriting extends Generic {
        /** Another method, which says nothing about that of the class above. */
        @RolesAllowed("user")
        public void delete(Number id) {}
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

    @Test
    void isOptionalOnlyWhereNothingNearerIsAsked() {
        assertThat(of(OptionalOrders.class, "optional")).isEqualTo(new Guarded(Access.optional()));
        assertThat(of(OptionalOrders.class, "delete")).isEqualTo(new Guarded(ANY.roles("admin")));
        assertThat(of(OptionalOrders.class, "pay")).isEqualTo(new Guarded(ANY.maxAge(Duration.ofMinutes(5))));
        assertThatThrownBy(() -> of(OptionalOrders.class, "both"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("contradict");
    }

    @Test
    void findsWhatAMethodSaysThatIsOverriddenWithATypeInPlaceOfAVariable() {
        assertThat(of(Generic.class, "delete")).isEqualTo(new Guarded(ANY.roles("admin")));
        assertThat(of(Generic.class, "rename")).isEqualTo(new Guarded(ANY.scopes("names:write")));
        assertThat(of(Generic.class, "write")).isEqualTo(new Guarded(ANY));
    }

    /** Whether it is overridden is a guess, which may ask for more only. */
    @Test
    void opensNothingByAMethodWithOtherParameters() throws Exception {
        Method read = Closing.class.getMethod("read", Long.class);
        Method greet = Closing.class.getMethod("greet", Long.class);

        assertThat(ResourceAccess.of(read, Closing.class)).isEqualTo(new Guarded(ANY));
        assertThat(ResourceAccess.of(greet, Closing.class)).isEqualTo(new Guarded(ANY));
    }

    @Test
    void takesNothingFromAMethodBelow() throws Exception {
        Method delete = Inheriting.class.getMethod("delete", Long.class);

        assertThat(ResourceAccess.of(delete, Inheriting.class)).isEqualTo(new Guarded(ANY.roles("admin")));
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
