package dev.mainstay.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.StoredTexts;
import dev.mainstay.db.testing.TestDatabase;
import org.junit.jupiter.api.Test;

class RoleTest {

  @Test
  void isOneOfTheCheckConstraint() {
    try (TestDatabase database = TestDatabase.create()) {
      assertThat(StoredTexts.checked(database, "api_key", "roles").stream().map(Role::of))
          .containsExactlyInAnyOrder(Role.values());
    }
  }
}
