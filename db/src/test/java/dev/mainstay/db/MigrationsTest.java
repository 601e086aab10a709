package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class MigrationsTest {

  @Test
  void anEmptyDatabaseBreaksNoInvariant() {
    try (TestDatabase database = TestDatabase.create()) {
      assertThat(database.dsl().fetch("select * from invariant_violation")).isEmpty();
    }
  }
}
