package dev.latchkey.server.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A database that comes back is found at once; one that does not want us is not asked again and again. */
class PatientDataSourceTest {
    private final Refusing driver = new Refusing();
    private final PatientDataSource source = new PatientDataSource(driver, "jdbc:x", new Properties());

    /** Fails with one SQLSTATE after the other, then connects. */
    private static final class Refusing implements Driver {
        private final Deque<String> failures = new ArrayDeque<>();

        @Override
        public Connection connect(String url, Properties properties) throws SQLException {
            String state = failures.poll();
            if (state != null) {
                throw new SQLException("refused", state);
            }
            return DriverManager.getConnection("jdbc:sqlite::memory:");
        }

        @Override
        public boolean acceptsURL(String url) {
            return true;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }
    }

    @Test
    void itTriesUntilTheDatabaseIsBack() throws Exception {
        driver.failures.addAll(List.of("08001", "57P03"));

        try (Connection connection = source.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }

        assertThat(driver.failures.isEmpty()).isTrue();
        assertThat((Throwable) source.failure()).isNull();
    }

    @Test
    void aWrongPasswordIsNotTriedAgain() {
        driver.failures.addAll(List.of("28P01", "28P01"));

        assertThatThrownBy(source::getConnection).isInstanceOf(SQLException.class);

        assertThat(driver.failures.size()).isEqualTo(1);
        assertThat((Throwable) source.failure()).hasMessage("refused");
    }

    @Test
    void whenThePoolIsClosedItGivesUp() {
        driver.failures.add("08001");
        source.close();

        assertThatThrownBy(source::getConnection).hasMessageContaining("closed");
    }
}
