package dev.mainstay.activities.purchase;

import static dev.mainstay.activities.purchase.TestPurchases.batch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestTrainer;
import dev.mainstay.workflows.purchase.PurchaseSteps;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jooq.DSLContext;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultExecuteListenerProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/** The budget of a step: one commit, and as many statements for fifty purchases as for one. */
class StepCostTest {

  private final TestPurchases purchases = new TestPurchases();
  private final UUID course = purchases.course();
  private final AtomicInteger statements = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private final PurchaseStepsImpl steps = counted();

  @AfterEach
  void close() {
    purchases.close();
  }

  @BeforeEach
  void trainers() {
    IntStream.range(0, 50)
        .forEach(_ -> TestTrainer.teaching(course).upTo(1).in(purchases.database));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void isTheSameForOneAndForFifty(int count) {
    List<UUID> ids = purchases.requests(count, course);

    assertThat(steps.create(batch(ids)).refused()).isEmpty();
    assertCost(2);
    assertThat(steps.allocate(batch(ids)).refused()).isEmpty();
    assertCost(1);
    assertThat(steps.schedule(batch(ids)).refused()).isEmpty();
    assertCost(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50})
  void isOneStatementMoreWhereSomethingIsSplitOff(int count) {
    List<UUID> ids =
        IntStream.range(0, count)
            .mapToObj(
                _ -> TestRequest.of(purchases.database.newId(), course).in(purchases.database))
            .toList();

    assertThat(steps.create(batch(ids)).refused()).hasSize(count);

    assertCost(3);
  }

  private void assertCost(int expected) {
    assertThat(statements.getAndSet(0)).as("statements").isEqualTo(expected);
    assertThat(commits.getAndSet(0)).as("commits").isEqualTo(1);
  }

  private PurchaseStepsImpl counted() {
    DSLContext database =
        DSL.using(
            purchases
                .database
                .dsl()
                .configuration()
                .derive(new DefaultExecuteListenerProvider(new Statements())));
    return new PurchaseStepsImpl(
        database,
        new TransactionTemplate(new Commits()),
        new PurchaseIntakeRows(database, new Intake(database, () -> {})),
        purchases.clock,
        Optional.empty(),
        PurchaseSteps.Allocator.BUILT_IN);
  }

  private final class Statements implements ExecuteListener {
    private static final long serialVersionUID = 1;

    @Override
    public void executeStart(ExecuteContext context) {
      statements.incrementAndGet();
    }
  }

  private final class Commits extends DataSourceTransactionManager {
    private static final long serialVersionUID = 1;

    Commits() {
      super(purchases.database.dataSource());
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
      commits.incrementAndGet();
      super.doCommit(status);
    }
  }
}
