package dev.mainstay.db.testing;

import static dev.mainstay.db.generated.Tables.PAYOUT_MINIMUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A test never finds the rows that another test left. */
class TestDatabaseTest {

  @Test
  void oneThatIsGivenBackIsUsedAgainAndIsAsNew() {
    Map<String, List<String>> contents;
    long invoice;
    try (TestDatabase database = TestDatabase.createNew()) {
      contents = database.contents();
      invoice = invoiceNumber(database);
    }
    String name;
    try (TestDatabase database = TestDatabase.create()) {
      name = name(database);
      TestBooking.startingAt("2026-11-24T10:00:00Z").in(database);
      database.dsl().update(PAYOUT_MINIMUM).set(PAYOUT_MINIMUM.MINIMUM_MINOR, 1L).execute();
      new Audit(database.dsl())
          .record(new AuditEntry("ana", "skip", "a thing", null, null, Outcome.DONE, null, "c-1"));
      var _ = invoiceNumber(database);
      assertThat(database.contents()).isNotEqualTo(contents);
    }

    try (TestDatabase again = TestDatabase.create()) {
      assertThat(name(again)).isEqualTo(name);
      assertThat(again.contents()).isEqualTo(contents);
      assertThat(invoiceNumber(again)).isEqualTo(invoice);
    }
  }

  @Test
  void oneWithAnotherSchemaIsNotUsedAgain() {
    for (String change :
        List.of(
            "drop view invariant_violation",
            "alter table earning disable trigger user",
            "create or replace function new_id() returns uuid language sql return gen_random_uuid()",
            "alter table vendor drop constraint vendor_pkey cascade",
            "analyze payout_minimum")) {
      String changed;
      try (TestDatabase database = TestDatabase.create()) {
        changed = name(database);
        database.admin().execute(change);
      }
      try (TestDatabase other = TestDatabase.create()) {
        assertThat(name(other)).as(change).isNotEqualTo(changed);
      }
    }
  }

  @Test
  void oneThatSomebodyMayStillUseIsNotUsedAgain() throws Exception {
    String used;
    TestDatabase database = TestDatabase.create();
    used = name(database);
    try (var _ = database.dataSource().getConnection()) {
      database.close();
    }
    String connected;
    try (TestDatabase other = TestDatabase.create()) {
      connected = name(other);
      assertThat(other.url("mainstay_app")).contains(connected);
    }
    try (TestDatabase third = TestDatabase.create()) {
      assertThat(name(third)).isNotIn(used, connected);
    }
  }

  @Test
  void afterItsTestItIsOutOfReach() {
    TestDatabase database = TestDatabase.create();
    database.close();

    assertThatThrownBy(() -> database.dataSource().getConnection())
        .hasMessage("The test that had this database is over");
  }

  private static String name(TestDatabase database) {
    return database.dsl().fetchSingle("select current_database()").into(String.class);
  }

  private static long invoiceNumber(TestDatabase database) {
    return database.admin().fetchSingle("select nextval('invoice_number')").into(Long.class);
  }
}
