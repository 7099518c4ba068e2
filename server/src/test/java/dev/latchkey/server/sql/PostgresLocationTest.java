package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresLocationTest {
    private static PostgresLocation parsed(String text) {
        return PostgresLocation.parse(text).orElseThrow();
    }

    @Test
    void hasHostsUserAndDatabase() {
        PostgresLocation location =
                parsed("postgresql://keeper:p%40ss%2Fword@db1.example:6432,[::1]:5432/login?sslmode=verify-full");

        assertThat(location.hosts()).containsExactly("db1.example:6432", "[::1]:5432");
        assertThat(location.user()).isEqualTo("keeper");
        assertThat(location.password()).contains("p@ss/word");
        assertThat(location.database()).isEqualTo("login");
        assertThat(location.jdbcUrl())
                .isEqualTo("jdbc:postgresql://db1.example:6432,[::1]:5432/login?sslmode=verify-full");
    }

    @Test
    void passwordAndParametersMayBeAbsent() {
        PostgresLocation location = parsed("postgresql://keeper@localhost/login");

        assertThat(location.password()).isEmpty();
        assertThat(location.schema()).isEmpty();
    }

    @Test
    void aPlusIsAPlusAndAnAtSignBelongsToThePassword() {
        assertThat(parsed("postgresql://keeper:a+b@c@localhost/login").password())
                .contains("a+b@c");
    }

    @Test
    void aPasswordIsNotPrinted() {
        assertThat(parsed("postgresql://keeper:secret@localhost/login"))
                .asString()
                .isEqualTo("postgresql://keeper@localhost/login");
        assertThat(PostgresSettings.of(parsed("postgresql://keeper:secret@localhost/login"))
                        .toString())
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://keeper@localhost/login",
                "postgresql://localhost/login",
                "postgresql://keeper@/login",
                "postgresql://keeper@localhost",
                "postgresql://keeper@localhost/",
                "postgresql://keeper@localhost:0/login",
                "postgresql://keeper@localhost:65536/login",
                "postgresql://keeper@localhost:54 32/login",
                "postgresql://keeper@localhost,/login",
                "postgresql://keeper@loc;alhost/login",
                "postgresql://keeper:%zz@localhost/login",
                "postgresql://keeper@localhost/lo%00gin",
                "postgresql://keeper@localhost/login?sslmode",
                "postgresql://keeper@localhost/login?sslmode=",
                "postgresql://keeper@localhost/login?socketFactory=evil.Class",
                "postgresql://keeper@localhost/login?sslmode=require&sslmode=disable",
                "postgresql://keeper@localhost/login?currentSchema=a;drop schema b",
                "postgresql://keeper@localhost/login?currentSchema=A"
            })
    void whatIsNoLocationIsRefused(String text) {
        assertThat(PostgresLocation.parse(text)).isEmpty();
    }
}
