package dev.mainstay.db;

import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;

/**
 * Brings the schema up at start-up, but never back. A host of an older release that starts in the
 * middle of a deploy would put its own functions in the place of those that the newer hosts need.
 */
@AutoConfiguration
final class Migrations {

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  @Bean
  FlywayMigrationStrategy neverBack() {
    return flyway -> {
      MigrationInfo current = flyway.info().current();
      if (current != null && current.getState() == MigrationState.FUTURE_SUCCESS) {
        log.warn(
            "A newer release has brought the schema to {}: left as it is", current.getVersion());
      } else {
        flyway.migrate();
      }
    };
  }
}
