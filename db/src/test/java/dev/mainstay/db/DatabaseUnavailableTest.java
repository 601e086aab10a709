package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.TransactionSystemException;

class DatabaseUnavailableTest {

  @ParameterizedTest
  @ValueSource(strings = {"08001", "08006", "57P01", "57P02", "57P03", "53300"})
  void anOutageIsToldByItsState(String state) {
    assertThat(DatabaseUnavailable.explains(new RuntimeException(new SQLException("gone", state))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "40P01", "57014", "53200"})
  void everyOtherFailureIsOne(String state) {
    assertThat(DatabaseUnavailable.explains(new RuntimeException(new SQLException("bad", state))))
        .isFalse();
  }

  @Test
  void aPoolWithoutAConnectionIsAnOutage() {
    assertThat(DatabaseUnavailable.explains(new SQLTransientConnectionException("timed out")))
        .isTrue();
  }

  @Test
  void aRollbackThatFailedDoesNotHideTheOutageBehindIt() {
    var rollback = new TransactionSystemException("rollback", new SQLException("closed", "25000"));
    assertThat(DatabaseUnavailable.explains(rollback)).isFalse();
    rollback.initApplicationException(new IllegalStateException(new SQLException("I/O", "08006")));
    assertThat(DatabaseUnavailable.explains(rollback)).isTrue();
  }

  @Test
  void aCommitAndItsRollbackOnAConnectionThatThePoolHasClosedAreAnOutage() {
    var rollback =
        new TransactionSystemException("rollback", new SQLException("Connection is closed"));
    assertThat(DatabaseUnavailable.explains(rollback)).isTrue();
  }
}
