package dev.mainstay.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.api.audit.AuditCommand;
import dev.mainstay.db.audit.Audit;
import dev.mainstay.db.audit.AuditEntry;
import dev.mainstay.db.audit.AuditEntry.Outcome;
import dev.mainstay.db.testing.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditCommandTest {

  private final TestDatabase database = TestDatabase.create();
  private final Audit audit = new Audit(database.dsl());
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aLogThatIsWhatWasWrittenIsSound() {
    write("1");
    assertThat(audit.seal()).isEqualTo(1);
    write("2");

    assertThat(verify()).isZero();

    assertThat(out.toString())
        .contains("sound    1 blocks with 1 rows", "unsealed 1 rows")
        .contains("head     " + audit.head().orElseThrow().hash());
  }

  @Test
  void theFirstBrokenBlockIsNamed() {
    for (String subject : new String[] {"1", "2", "3"}) {
      write(subject);
      assertThat(audit.seal()).isEqualTo(1);
    }
    database.admin().execute("update audit_event set by = 'nobody' where subject = '2'");

    assertThat(verify()).isEqualTo(1);

    assertThat(err.toString()).contains("BROKEN   block 2: a row of it was changed");
  }

  @Test
  void anEmptyLogIsSound() {
    assertThat(verify()).isZero();
    assertThat(out.toString()).contains("head     none");
  }

  private void write(String subject) {
    audit.record(new AuditEntry("ana", "retry", subject, null, "why", Outcome.DONE, null, "c"));
  }

  private int verify() {
    return AuditCommand.commandLine(database.dataSource())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute("verify");
  }
}
