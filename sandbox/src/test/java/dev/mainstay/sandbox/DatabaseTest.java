package dev.mainstay.sandbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.sandbox.server.CannotStart;
import dev.mainstay.sandbox.server.DatabaseAddress;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {

  @Test
  void dataOfAnUnreleasedVersionIsRefusedWithTheWayOut(@TempDir Path directory) {
    Home home = new Home(directory);
    home.create();
    try (TestDatabase database = TestDatabase.create()) {
      database
          .admin()
          .execute("update flyway_schema_history set checksum = 0 where version = '001'");

      assertThatThrownBy(() -> new Database(address(database), Secrets.of(home)).prepare())
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("./mainstay up --fresh")
          .hasMessageNotContaining("\n");
    }
  }

  private static DatabaseAddress address(TestDatabase database) {
    URI url = URI.create(database.url("postgres").substring("jdbc:".length()));
    return new DatabaseAddress(url.getAuthority() + url.getPath(), "postgres", "");
  }
}
