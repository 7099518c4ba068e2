package dev.latchkey.guard.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.guard.Access;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteTest {
    @Test
    void fitsThePathWithOrWithoutASlashAtTheEnd() {
        assertThat(fits("/admin", "GET", "/admin")).isTrue();
        assertThat(fits("/admin", "GET", "/admin/")).isTrue();
        assertThat(fits("/admin", "GET", "/admin/users")).isFalse();
        assertThat(fits("/admin", "GET", "/administrator")).isFalse();
        assertThat(fits("/", "GET", "/")).isTrue();
        assertThat(fits("/", "GET", "/admin")).isFalse();
    }

    @Test
    void fitsAllBelowAStar() {
        assertThat(fits("/admin/*", "GET", "/admin")).isTrue();
        assertThat(fits("/admin/*", "GET", "/admin/")).isTrue();
        assertThat(fits("/admin/*", "GET", "/admin/users/1")).isTrue();
        assertThat(fits("/admin/*", "GET", "/administrator")).isFalse();
        assertThat(fits("/*", "GET", "/")).isTrue();
        assertThat(fits("/*", "GET", "/a/b")).isTrue();
    }

    @Test
    void fitsAnySegmentInBraces() {
        assertThat(fits("/orders/{id}/lines", "GET", "/orders/7/lines")).isTrue();
        assertThat(fits("/orders/{id}/lines", "GET", "/orders/7")).isFalse();
        assertThat(fits("/orders/{id}", "GET", "/orders")).isFalse();
    }

    @Test
    void ofGetFitsHeadToo() {
        assertThat(fits("GET /orders", "GET", "/orders")).isTrue();
        assertThat(fits("GET /orders", "HEAD", "/orders")).isTrue();
        assertThat(fits("GET /orders", "POST", "/orders")).isFalse();
        assertThat(fits("GET /orders", "get", "/orders")).isFalse();
        assertThat(fits("POST /orders", "HEAD", "/orders")).isFalse();
    }

    @Test
    void refusesAPathThatWouldNeverFit() {
        for (String pattern : List.of(
                "orders",
                "/orders*",
                "/*/lines",
                "GET orders",
                "",
                "get /orders",
                "HEAD /orders",
                "GET,POST /orders",
                " /orders",
                "/orders/{id",
                "/orders/id}",
                "/orders/{}",
                "/orders/{id}.json",
                "/orders/{a}{b}")) {
            assertThatThrownBy(() -> Route.of(pattern, null)).as(pattern).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void isReadFromALine() {
        assertThat(RouteLine.parse("  /public/*   open ")).isEqualTo(new RouteLine("/public/*", null));
        assertThat(RouteLine.parse("/* authenticated")).isEqualTo(new RouteLine("/*", Access.authenticated()));
        assertThat(RouteLine.parse("/hello optional")).isEqualTo(new RouteLine("/hello", Access.optional()));
        assertThat(RouteLine.parse("POST /orders scopes=orders:read,orders:write roles=clerk"))
                .isEqualTo(new RouteLine(
                        "POST /orders",
                        Access.authenticated()
                                .scopes("orders:read", "orders:write")
                                .roles("clerk")));
        assertThat(RouteLine.parse("/pay acr=urn:example:two-factor max-age=300"))
                .isEqualTo(new RouteLine(
                        "/pay",
                        Access.authenticated().acr("urn:example:two-factor").maxAge(Duration.ofMinutes(5))));
    }

    @Test
    void isNotReadFromALineThatSaysSomethingElse() {
        for (String line : List.of(
                "/orders",
                "/orders closed",
                "/orders scopes",
                "/orders scopes=",
                "/orders open roles=admin",
                "/orders roles=admin optional",
                "/orders max-age=soon",
                "GET /orders")) {
            assertThatThrownBy(() -> RouteLine.parse(line)).as(line).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static boolean fits(String pattern, String method, String path) {
        return Route.of(pattern, null).matches(method, Route.segments(path));
    }
}
