package dev.mainstay.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.db.testing.TestRequest;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The budget of a purchase inside PostgreSQL, by the plans that it really has (decision 004): pages
 * touched for each of a list of fifty, and no index read from end to end, since that grows with the
 * table. Whichever moment a connection planned at.
 */
class PurchasePlansTest {

  private static final int LIST = 50;
  private static final int LISTS_BEFORE = 20;
  private static final int MOST_PAGES = 740;

  private final TestDatabase database = TestDatabase.createNew();
  private int taken;

  @BeforeEach
  void marketplace() throws SQLException {
    try (var admin = DriverManager.getConnection(database.url("postgres"))) {
      DemoData.load(admin, DemoData.SEED);
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void noIndexIsReadWholeWheneverAConnectionPlanned() {
    try (var first = new ExplainedSteps(database);
        var grown = new ExplainedSteps(database);
        var analyzed = new ExplainedSteps(database)) {
      for (int i = 0; i < LISTS_BEFORE; i++) {
        takeInList();
        first.carry();
      }
      assertInBudget(first, "planned on empty tables");
      assertInBudget(grown, "planned on tables that nobody has analyzed");
      database.admin().execute("analyze");
      assertInBudget(analyzed, "planned on analyzed tables");
    }
  }

  private void assertInBudget(ExplainedSteps steps, String planned) {
    takeInList();
    ExplainedSteps.Cost cost = steps.explain();

    assertThat(cost.plans().stream().flatMap(plan -> plan.readsWhole(steps.leadingColumns())))
        .as(planned)
        .isEmpty();
    assertThat(cost.plans()).as(planned).noneMatch(plan -> plan.text().contains("Seq Scan"));
    assertThat(cost.pages() / LIST)
        .as("pages a purchase, " + planned)
        .isBetween(1L, (long) MOST_PAGES);
  }

  private void takeInList() {
    for (int i = 0; i < LIST; i++, taken++) {
      var _ =
          TestRequest.of(
                  DemoData.id(DemoData.SEED, "student", taken),
                  DemoData.id(DemoData.SEED, "course", taken % 100))
              .in(database);
    }
  }
}
