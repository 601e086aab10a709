package dev.mainstay.db;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema up, but never back. Every module on the class path may have migrations of its
 * own in {@code db/migration}: versions below 1000 are Mainstay's, each other module takes a
 * thousand for itself. So a module can be added and removed, and each is upgraded on its own.
 */
public final class Migrations {

  private static final BigInteger VERSIONS_OF_A_MODULE = BigInteger.valueOf(1000);
  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  /** What Flyway has to know wherever it migrates. */
  public static FluentConfiguration configure(FluentConfiguration flyway) {
    return flyway.outOfOrder(true).ignoreMigrationPatterns("*:future", "*:missing");
  }

  /**
   * Migrates. A schema that a newer release has brought up is left alone: a host of an older one
   * that starts in the middle of a deploy would replace the functions that the newer hosts need.
   *
   * @throws UnknownSchema if the schema was made by other migrations than ours
   */
  public static void run(Flyway flyway) {
    List<MigrationInfo> versioned =
        Arrays.stream(flyway.info().all()).filter(MigrationInfo::isVersioned).toList();
    Map<BigInteger, MigrationVersion> latest =
        versioned.stream()
            .filter(migration -> migration.getState().isResolved())
            .map(MigrationInfo::getVersion)
            .collect(
                toMap(
                    Migrations::module,
                    identity(),
                    BinaryOperator.maxBy(MigrationVersion::compareTo)));
    List<MigrationInfo> others =
        versioned.stream()
            .filter(migration ->
                migration.getState().isApplied()
                    && latest.containsKey(module(migration.getVersion()))
                    && !(migration.getState().isResolved() && migration.isChecksumMatching()))
            .toList();
    for (MigrationInfo other : others) {
      if (!isNewer(other, latest)) {
        throw new UnknownSchema(other);
      }
    }
    if (others.isEmpty()) {
      flyway.migrate();
    } else {
      log.warn(
          "A newer release has brought the schema to {}: left as it is",
          others.getLast().getVersion());
    }
  }

  private static boolean isNewer(
      MigrationInfo migration, Map<BigInteger, MigrationVersion> latest) {
    MigrationVersion version = migration.getVersion();
    return version.isNewerThan(latest.get(module(version)));
  }

  private static BigInteger module(MigrationVersion version) {
    return version.getMajor().divide(VERSIONS_OF_A_MODULE);
  }
}
