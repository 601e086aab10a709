package dev.mainstay.db.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.db.audit.AuditChain.Broken;
import dev.mainstay.db.audit.AuditChain.Verdict;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.testing.TestDatabase;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {

  private final TestDatabase database = TestDatabase.create();
  private final Audit audit = new Audit(database.dsl());
  private final AuditChain chain = new AuditChain(database.dsl(), InstantSource.system());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void anEntryStandsInTheLogAsItWasWritten() {
    UUID purchase = UUID.randomUUID();
    audit.record(
        new AuditEntry(
            "ana", "skip", "purchase/stripe/pi_1", purchase, "why", Outcome.REFUSED, "no", "c-1"));

    assertThat(
            database
                .dsl()
                .fetchSingle(
                    "select concat_ws('|', by, action, subject, subject_id, reason, outcome, detail, correlation_id) from audit_event")
                .into(String.class))
        .isEqualTo("ana|skip|purchase/stripe/pi_1|" + purchase + "|why|refused|no|c-1");
  }

  @Test
  void whatATransactionDoesNotCommitIsNotInTheLog() {
    database
        .transaction()
        .executeWithoutResult(status -> {
          audit.record(entry("retry"));
          status.setRollbackOnly();
        });

    assertThat(rows()).isZero();
  }

  @Test
  void anEntryOfAStepThatRunsTwiceAtOnceStandsOnce() {
    UUID id = UUID.randomUUID();
    CompletableFuture.allOf(
            Stream.generate(() ->
                    CompletableFuture.runAsync(() ->
                        database
                            .transaction()
                            .executeWithoutResult(_ -> audit.recordOnce(id, entry("retry")))))
                .limit(8)
                .toArray(CompletableFuture[]::new))
        .join();

    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void rowsAreSealedInBlocksThatFollowFromEachOther() {
    write(3);
    assertThat(audit.seal()).isEqualTo(3);
    write(2);
    assertThat(audit.seal()).isEqualTo(2);
    assertThat(audit.seal()).isZero();
    write(1);

    Verdict verdict = chain.verify();

    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.blocks()).isEqualTo(2);
    assertThat(verdict.rows()).isEqualTo(5);
    assertThat(verdict.unsealed()).isEqualTo(1);
    assertThat(verdict.head())
        .isEqualTo(
            database
                .dsl()
                .fetchSingle("select encode(hash, 'hex') from audit_block where number = 2")
                .into(String.class));
  }

  @Test
  void manyRowsBecomeBlocksOfTenThousand() {
    database
        .dsl()
        .execute(
            """
            insert into audit_event (by, action, subject, outcome, correlation_id)
            select 'ana', 'retry', n::text, 'done', 'c' from generate_series(1, 25000) n
            """);

    assertThat(audit.seal()).isEqualTo(25_000);

    assertThat(chain.verify().blocks()).isEqualTo(3);
    assertThat(chain.verify().broken()).isEmpty();
  }

  @Test
  void aRowOfATransactionStillOpenIsLeftForTheNextBlock() {
    database
        .transaction()
        .executeWithoutResult(_ -> {
          audit.record(entry("open"));
          CompletableFuture.runAsync(() -> write(1)).join();
          // The one written later has the higher transaction id, and a block must not skip one.
          assertThat(CompletableFuture.supplyAsync(audit::seal).join()).isZero();
        });

    assertThat(audit.seal()).isEqualTo(2);
    assertThat(chain.verify().broken()).isEmpty();
  }

  @Test
  void sealingAtTheSameTimeMakesOneChain() {
    write(20);
    CompletableFuture.allOf(
            IntStream.range(0, 6)
                .mapToObj(_ -> CompletableFuture.runAsync(audit::seal))
                .toArray(CompletableFuture[]::new))
        .join();

    assertThat(chain.verify().broken()).isEmpty();
    assertThat(chain.verify().rows()).isEqualTo(20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "->",
      value = {
        "update audit_event set by = 'nobody' where subject = '12' -> a row of it was changed",
        "update audit_event set at = at + interval '1 microsecond' where subject = '12' -> a row of it was changed",
        "update audit_event set reason = '', detail = null where subject = '12' -> a row of it was changed",
        "update audit_event set by = by || action, action = '' where subject = '12' -> a row of it was changed",
        "delete from audit_event where subject = '12' -> it has 2 rows and was sealed with 3",
        "insert into audit_event select new_id(), xid, at, by, action, subject, null, null, outcome, null, correlation_id from audit_event where subject = '11' -> it has 4 rows and was sealed with 3",
        "update audit_block set rows_hash = sha256('x') where number = 2 -> a row of it was changed",
        "update audit_block set first_at = first_at - interval '1 day' where number = 2 -> the block itself was changed",
        "update audit_block set previous_hash = hash where number = 2 -> it does not follow from the block before",
      })
  void whoeverTampersWithABlockIsFound(String tampering, String why) {
    sealThreeBlocksOfThree();

    assertThat(database.admin().execute(tampering)).isEqualTo(1);

    Verdict verdict = chain.verify();
    assertThat(verdict.broken()).contains(new Broken(2, why));
    assertThat(verdict.blocks()).isEqualTo(1);
  }

  @Test
  void aBlockTakenOutIsFound() {
    sealThreeBlocksOfThree();
    database.admin().execute("delete from audit_block where number = 2");
    assertThat(chain.verify().broken()).contains(new Broken(3, "block 2 is missing before it"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit_event set by = 'x'",
        "delete from audit_event",
        "truncate audit_event",
        "insert into audit_event (xid, by, action, subject, outcome, correlation_id) values ('1', 'x', 'x', 'x', 'done', 'x')",
        "insert into audit_event (at, by, action, subject, outcome, correlation_id) values (now(), 'x', 'x', 'x', 'done', 'x')",
        "delete from audit_block",
        "update audit_block set hash = ''",
        "insert into audit_block values (1, '1', new_id(), now(), 1, '', '', '')",
        "select drop_partitions('audit_event', 23)",
      })
  void theApplicationMayNot(String statement) {
    assertThatThrownBy(() -> database.dsl().execute(statement))
        .hasMessageMatching("(?s).*(permission denied|kept for 24 months).*");
  }

  @Test
  void theApplicationMayNotChangeAMonthEither() {
    write(1);
    for (String partition : partitions()) {
      assertThatThrownBy(() -> database.dsl().execute("delete from " + partition))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void monthsAreMadeAheadOnce() {
    assertThat(partitions()).hasSize(13);
    assertThat(database.dsl().fetchValue("select make_partitions('audit_event', 12)")).isEqualTo(0);
    assertThat(database.dsl().fetchValue("select make_partitions('audit_event', 14)")).isEqualTo(2);
    assertThat(partitions()).hasSize(15);
  }

  @Test
  void monthsThatAreKeptNoLongerAreDroppedAndTheChainStillStands() {
    database
        .admin()
        .execute(
            """
            create table audit_event_2020_01 partition of audit_event for values from ('2020-01-01Z') to ('2020-02-01Z');
            alter table audit_event_2020_01 owner to mainstay_migration;
            insert into audit_event (at, by, action, subject, outcome, correlation_id)
            values ('2020-01-31T12:00Z', 'ana', 'retry', 'old', 'done', 'c')
            """);
    write(1);

    assertThat(database.dsl().fetchValue("select drop_partitions('audit_event', 24)")).isEqualTo(1);

    assertThat(partitions()).hasSize(13);
    Verdict verdict = chain.verify();
    assertThat(verdict.broken()).isEmpty();
    assertThat(verdict.rows()).isEqualTo(2);
    assertThat(verdict.dropped()).isEqualTo(1);
  }

  private void sealThreeBlocksOfThree() {
    for (int block = 0; block < 3; block++) {
      for (int row = 0; row < 3; row++) {
        audit.record(
            new AuditEntry("ana", "retry", block + "" + row, null, null, Outcome.DONE, "", "c"));
      }
      assertThat(audit.seal()).isEqualTo(3);
    }
  }

  private void write(int rows) {
    for (int row = 0; row < rows; row++) {
      audit.record(entry("retry"));
    }
  }

  private static AuditEntry entry(String action) {
    return new AuditEntry(
        "ana", action, "purchase/stripe/pi_1", null, "ä – €", Outcome.DONE, null, "c-1");
  }

  private int rows() {
    return database.dsl().fetchSingle("select count(*) from audit_event").into(int.class);
  }

  private List<String> partitions() {
    return database
        .dsl()
        .fetch(
            "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_event'::regclass")
        .getValues("name", String.class);
  }
}
