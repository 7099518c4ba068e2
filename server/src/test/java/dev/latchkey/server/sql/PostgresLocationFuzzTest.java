package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.postgresql.Driver;

/** Whatever a location is taken for, the driver takes it for the same: no other host, and no parameter that is not allowed. */
class PostgresLocationFuzzTest {
    @FuzzTest
    void parse(byte[] data) {
        String text = PostgresLocation.SCHEME + new String(data, StandardCharsets.UTF_8);
        PostgresLocation.parse(text).ifPresent(location -> {
            Properties read = Driver.parseURL(location.jdbcUrl(), new Properties());
            assertThat(read).as(location.jdbcUrl()).isNotNull();
            assertThat(read.getProperty("PGDBNAME")).isEqualTo(location.database());
            assertThat(read.getProperty("PGHOST").split(",", -1))
                    .hasSize(location.hosts().size());
            location.parameters()
                    .forEach((name, value) -> assertThat(read.getProperty(name)).isEqualTo(value));
            assertThat(read.stringPropertyNames()).doesNotContain("socketFactory", "sslfactory", "loggerFile");
        });
    }
}
