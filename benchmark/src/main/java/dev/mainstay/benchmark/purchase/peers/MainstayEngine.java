package dev.mainstay.benchmark.purchase.peers;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static dev.mainstay.db.generated.Tables.PURCHASE;

import dev.mainstay.benchmark.purchase.PaymentRequest;
import dev.mainstay.benchmark.purchase.ProductDatabase;
import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeNotifier;
import dev.mainstay.db.intake.IntakeRow;
import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import io.temporal.client.WorkflowClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** The product: the intake accepts each payment, and the worker host does the rest. */
final class MainstayEngine implements Engine {

  static final String ONE_BY_ONE = "Mainstay, one purchase per run";
  static final String FLOOD = "Mainstay, in a flood";
  static final String TELLING = "Mainstay, in a flood, with messages";

  private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final String name;
  private final int most;
  private final ProductDatabase product;
  private final WorkflowClient client;
  private final int atOnce;
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private final Intake intake;

  /**
   * On a running sandbox.
   *
   * @param atOnce the number of payments accepted at once
   */
  MainstayEngine(
      String name, int most, ProductDatabase product, WorkflowClient client, int atOnce) {
    this.name = name;
    this.most = most;
    this.product = product;
    this.client = client;
    this.atOnce = atOnce;
    scheduler.setVirtualThreads(true);
    this.intake =
        new Intake(
            product.jooq(), new IntakeNotifier(product.jooq(), scheduler, InstantSource.system()));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int maxBatchSize() {
    return most;
  }

  @Override
  public void run(List<PaymentRequest> orders) throws InterruptedException, ExecutionException {
    Parallel.each(atOnce, orders, this::takeIn);
    awaitActive(orders.size());
  }

  private void takeIn(PaymentRequest order) {
    product
        .transaction()
        .executeWithoutResult(_ ->
            intake.take(
                new IntakeRow(
                    PurchaseBatchWorkflow.KIND,
                    "stripe",
                    order.paymentId(),
                    order.purchaseId(),
                    order.body(),
                    null,
                    order.paymentId())));
  }

  private void awaitActive(int purchases) throws InterruptedException {
    long before = -1;
    long begun = System.nanoTime();
    long since = begun;
    for (long active = active(); active < purchases; active = active()) {
      if (active > before) {
        before = active;
        since = System.nanoTime();
      } else if (System.nanoTime() - since > PeerTimeouts.STALLED_AFTER.toNanos()) {
        throw new IllegalStateException((purchases - active) + " purchases do not become active");
      }
      // Counting takes longer the more there is, and weighs on what is measured.
      TimeUnit.NANOSECONDS.sleep(Math.max(LEAST_PAUSE_NANOS, (System.nanoTime() - begun) / 100));
    }
  }

  private long active() {
    return product.jooq().fetchCount(PURCHASE, PURCHASE.STATUS.eq("active"));
  }

  @Override
  public int events() {
    UUID claim =
        product
            .jooq()
            .select(INTAKE.CLAIM_ID)
            .from(INTAKE)
            .where(INTAKE.CLAIM_ID.isNotNull(), INTAKE.KIND.eq(PurchaseBatchWorkflow.KIND))
            .orderBy(INTAKE.ID.desc())
            .limit(1)
            .fetchSingle(INTAKE.CLAIM_ID);
    String run = PurchaseBatchWorkflow.id(Objects.requireNonNull(claim));
    client.newUntypedWorkflowStub(run).getResult(Void.class);
    return client.fetchHistory(run).getEvents().size();
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
