package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationsTest {

  private final TestDatabase database = TestDatabase.create();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anEmptyDatabaseBreaksNoInvariant() {
    assertThat(database.dsl().fetch("select * from invariant_violation")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update flyway_schema_history set checksum = 0 where version = '003'",
        "update flyway_schema_history set version = '003.1' where version = '003'"
      })
  void aSchemaMadeByOtherMigrationsIsRefused(String otherHistory) {
    database.admin().execute(otherHistory);

    assertThatThrownBy(() -> Migrations.run(flyway()))
        .isInstanceOf(UnknownSchema.class)
        .hasMessageContaining("./mainstay up --fresh")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aNewerSchemaIsLeftAlone() {
    applied("999");
    anotherEventScript();

    Migrations.run(flyway());

    assertThat(runsOfEventScript()).isOne();
  }

  @Test
  void theSchemaIsBroughtUp() {
    anotherEventScript();

    Migrations.run(flyway());

    assertThat(runsOfEventScript()).isEqualTo(2);
  }

  @Test
  void aModuleBringsItsOwnMigrations() {
    Migrations.run(flyway("db/migration", "db/module"));

    assertThat(database.dsl().fetch("select * from module_table")).isEmpty();
  }

  @Test
  void aModuleBringsItsOwnInvariants() {
    Migrations.run(flyway("db/migration", "db/module"));
    database.dsl().execute("insert into module_table default values");

    assertThat(database.violations()).containsExactly("module-row");
  }

  @Test
  void aViewOfInvariantsThatIsMissingIsMadeAgain() {
    database.admin().execute("drop view invariant_violation");

    Migrations.run(flyway());

    assertThat(database.violations()).isEmpty();
  }

  @Test
  void aModuleThatIsGoneHoldsNothingUp() {
    applied("1001");
    anotherEventScript();

    Migrations.run(flyway());

    assertThat(runsOfEventScript()).isEqualTo(2);
  }

  @Test
  void aModuleDoesNotKeepOurMigrationsBack() {
    database.admin().execute("delete from flyway_schema_history where version = '017'");
    database.admin().execute("drop table erasure cascade");
    Migrations.run(flyway("db/migration", "db/module"));

    assertThat(database.dsl().fetch("select * from erasure")).isEmpty();
  }

  private void applied(String version) {
    database
        .admin()
        .execute(
            "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)"
                + " select max(installed_rank) + 1, ?, 'other', 'SQL', 'V__other.sql', 0, 'mainstay_migration', 0, true"
                + " from flyway_schema_history",
            version);
  }

  private void anotherEventScript() {
    database
        .admin()
        .execute("update flyway_schema_history set checksum = 0 where script = 'R__event.sql'");
  }

  private int runsOfEventScript() {
    return database
        .admin()
        .fetchCount(DSL.table("flyway_schema_history"), DSL.condition("script = 'R__event.sql'"));
  }

  private Flyway flyway() {
    return flyway("db/migration");
  }

  private Flyway flyway(String... locations) {
    return Migrations.configure(Flyway.configure())
        .locations(locations)
        .dataSource(database.url("mainstay_migration"), "mainstay_migration", "")
        .load();
  }
}
