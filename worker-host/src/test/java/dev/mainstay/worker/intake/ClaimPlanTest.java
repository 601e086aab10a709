package dev.mainstay.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds what a claim reads: a flood must not get slower the more of it is done (decision 004). */
class ClaimPlanTest {

  private static final Pattern BUFFERS = Pattern.compile("\"Shared (?:Hit|Read) Blocks\": (\\d+)");

  private final TestDatabase database = TestDatabase.createNew();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aClaimBehindAFloodReadsWhatWaitsAndNotWhatIsDone() {
    // the planner knows the flood as it began, as in its midst it does
    admin("alter table intake set (autovacuum_enabled = off)");
    admin(
        """
        insert into intake (kind, source, key, body_hash, business_id, body, correlation_id)
        select 'purchase', 'stripe', 'pi_' || n, '', new_id(), '{}', 'c' from generate_series(1, 10000) n
        """);
    admin("analyze intake");
    admin(
        """
        update intake set done_at = now()
        where id in (select id from intake order by id limit 9800)
        """);
    claim(); // passes the index entries of what is done, and marks them as dead for those to come

    assertThat(buffersOf(claim())).isBetween(1, 2_000);
    assertThat(database.dsl().fetchValue("select count(*) from intake where claims = 1"))
        .isEqualTo(100L);
  }

  private String claim() {
    return database
        .dsl()
        .fetchSingle(
            """
            explain (analyze, buffers, format json)
            select * from claim_intake(gen_random_uuid(), interval '30 s', '{purchase}', '{50}')
            """)
        .get(0, String.class);
  }

  private static int buffersOf(String plan) {
    // the first node's figures hold those below it
    Matcher buffers = BUFFERS.matcher(plan);
    int sum = 0;
    for (int i = 0; i < 2 && buffers.find(); i++) {
      sum += Integer.parseInt(buffers.group(1));
    }
    return sum;
  }

  private void admin(String sql) {
    database.admin().execute(sql);
  }
}
