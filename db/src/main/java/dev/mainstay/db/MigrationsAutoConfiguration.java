package dev.mainstay.db;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;

/** Has an application that migrates at start-up do so by {@link Migrations}. */
@AutoConfiguration
final class MigrationsAutoConfiguration {

  @Bean
  FlywayConfigurationCustomizer ofSeveralModules() {
    return Migrations::configure;
  }

  @Bean
  FlywayMigrationStrategy neverBack() {
    return Migrations::run;
  }
}
