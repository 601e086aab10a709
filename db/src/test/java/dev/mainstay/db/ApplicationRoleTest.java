package dev.mainstay.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.testing.TestDatabase;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationRoleTest {

  private static final TestDatabase database = TestDatabase.create();

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void isTheApplications() {
    assertThat(database.dsl().fetchSingle("select current_user").into(String.class))
        .isEqualTo("mainstay_app");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update event set type = 'x'",
        "delete from event",
        "truncate event",
        "update earning set net_minor = 1",
        "delete from payout",
        "update payroll_approval set approved_by = 'x'",
        "truncate purchase",
        "create table x ()",
        "drop table purchase",
        "alter table purchase disable trigger all"
      })
  void mayNot(String statement) {
    assertThatThrownBy(() -> database.dsl().execute(statement))
        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
  }

  @Test
  void ownsNothing() {
    assertThat(
            database
                .admin()
                .fetch(
                    """
                    select o.classid::regclass, o.objid
                    from pg_catalog.pg_shdepend o
                    where o.refobjid = 'mainstay_app'::regrole and o.deptype = 'o'
                    """))
        .isEmpty();
  }

  @Test
  void mayReadAndWriteEveryOtherTable() {
    assertThat(
            database
                .admin()
                .fetch(
                    """
                    select relname || ' ' || privilege as missing
                    from pg_catalog.pg_stat_user_tables
                    cross join unnest(array ['select', 'insert', 'update', 'delete']) privilege
                    where relname <> 'flyway_schema_history'
                      -- months are reached through their table alone
                      and not (select c.relispartition from pg_catalog.pg_class c where c.oid = relid)
                      and not has_table_privilege('mainstay_app', relid, privilege)
                    order by privilege
                    """)
                .getValues("missing", String.class))
        .containsExactlyInAnyOrder(
            "earning delete",
            "earning update",
            "erasure delete",
            "erasure update",
            "payroll_run delete",
            "payroll_proposal delete",
            "payment update",
            "payroll_proposal update",
            "payroll_approval delete",
            "payroll_approval update",
            "payroll_difference delete",
            "payable_change insert",
            "payable_change update",
            "payable_change delete",
            "payout_account_change update",
            "payout_account_change delete",
            "vendor_email insert",
            "vendor_email update",
            "vendor_email delete",
            "payout_minimum delete",
            "payout delete",
            "payout_attempt delete",
            "refund_attempt delete",
            "transfer delete",
            "unknown_transfer delete",
            "installation insert",
            "installation update",
            "installation delete",
            "receipt delete",
            "receipt update",
            "audit_event delete",
            "audit_block delete",
            "event delete",
            "audit_event insert",
            "audit_block insert",
            "audit_event update",
            "audit_block update",
            "event update");
  }

  @Test
  void readerMayReadAllAndChangeNothing() {
    var reader = DSL.using(database.url("mainstay_reader"));
    assertThat(reader.fetch("select * from event")).isEmpty();
    assertThatThrownBy(() -> reader.execute("delete from attention"))
        .hasMessageContaining("permission denied");
  }
}
