package dev.mainstay.sandbox.demo;

import dev.mainstay.activities.purchase.PurchaseIntakeRows;
import dev.mainstay.activities.purchase.PurchaseStepsImpl;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.purchase.PurchaseSteps;
import dev.mainstay.workflows.purchase.PurchaseSteps.Carrier;
import dev.mainstay.workflows.purchase.PurchaseSteps.Purchases;
import java.sql.SQLWarning;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionOperations;

/** The claim and the steps of a purchase on a connection of their own, whose plans it keeps. */
final class ExplainedSteps implements AutoCloseable {

  /**
   * The cost of a list.
   *
   * @param plans of all statements, those inside of functions and of constraints too
   * @param pages the number of touched pages in all
   */
  record Cost(List<Plan> plans, long pages) {}

  private final SingleConnectionDataSource connection;
  private final DSLContext database;
  private final PurchaseSteps steps;
  private final List<List<Plan>> explained = new ArrayList<>();

  ExplainedSteps(TestDatabase tested) {
    connection = new SingleConnectionDataSource(tested.url("postgres"), true);
    database =
        DSL.using(
            new DefaultConfiguration()
                .set(new DataSourceConnectionProvider(connection))
                .set(SQLDialect.POSTGRES)
                .set(ExecuteListener.onWarning(this::keep)));
    steps =
        new PurchaseStepsImpl(
            database,
            // so that PostgreSQL reports the plan of each at its end
            TransactionOperations.withoutTransaction(),
            new PurchaseIntakeRows(database, new Intake(database, () -> {})),
            InstantSource.system(),
            Optional.empty(),
            PurchaseSteps.Allocator.BUILT_IN);
  }

  /** Claims what waits and carries it through the steps. */
  void carry() {
    List<UUID> ids =
        database
            .fetch(
                "select business_id from claim_intake(new_id(), interval '5 min', '{purchase}', '{50}')")
            .getValues("business_id", UUID.class);
    var purchases = new Purchases(ids, Carrier.BATCH);
    steps.create(purchases);
    steps.allocate(purchases);
    steps.schedule(purchases);
  }

  /** Runs the steps, and returns their cost. */
  Cost explain() {
    database.execute(
        """
        load 'auto_explain';
        set auto_explain.log_min_duration = 0;
        set auto_explain.log_nested_statements = on;
        set auto_explain.log_analyze = on;
        set auto_explain.log_buffers = on;
        set auto_explain.log_timing = off;
        set auto_explain.log_level = notice;
        """);
    explained.clear();
    carry();
    // the statements that a statement called are reported before it
    return new Cost(
        explained.stream().flatMap(List::stream).toList(),
        explained.stream().mapToLong(plans -> plans.getLast().pages()).sum());
  }

  /** The first column of each index. */
  Map<String, String> leadingColumns() {
    return database
        .fetch(
            "select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid, 1, true) as leading from pg_index")
        .intoMap(row -> row.get("name", String.class), row -> row.get("leading", String.class));
  }

  private void keep(ExecuteContext context) {
    var plans = new ArrayList<Plan>();
    for (SQLWarning told = context.sqlWarning(); told != null; told = told.getNextWarning()) {
      plans.add(new Plan(String.valueOf(told.getMessage())));
    }
    explained.add(plans);
  }

  @Override
  public void close() {
    connection.destroy();
  }
}
