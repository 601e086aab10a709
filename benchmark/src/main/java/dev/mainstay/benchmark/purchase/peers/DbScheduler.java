package dev.mainstay.benchmark.purchase.peers;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.mainstay.benchmark.purchase.PaymentRequest;
import dev.mainstay.benchmark.purchase.ProductDatabase;
import dev.mainstay.benchmark.purchase.ProductSteps;
import dev.mainstay.sandbox.server.DatabaseAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * db-scheduler: a chain of three tasks, each replaced by the next when its step has committed, as
 * its documentation recommends. The steps may run twice, so that is as safe as one transaction for
 * both, and an update cheaper than an insert and a delete.
 */
final class DbScheduler implements Engine {

  private static final TaskDescriptor<PaymentRequest> CREATE =
      TaskDescriptor.of("create", PaymentRequest.class);
  private static final TaskDescriptor<UUID> ALLOCATE = TaskDescriptor.of("allocate", UUID.class);
  private static final TaskDescriptor<UUID> SCHEDULE = TaskDescriptor.of("schedule", UUID.class);

  private static final String TABLE =
      """
      create table scheduled_tasks
      (
        task_name            text        not null,
        task_instance        text        not null,
        task_data            bytea,
        execution_time       timestamptz not null,
        picked               boolean     not null,
        picked_by            text,
        last_success         timestamptz,
        last_failure         timestamptz,
        consecutive_failures int,
        last_heartbeat       timestamptz,
        version              bigint      not null,
        priority             smallint,
        primary key (task_name, task_instance)
      );
      create index execution_time_idx on scheduled_tasks (execution_time);
      create index last_heartbeat_idx on scheduled_tasks (last_heartbeat);
      """;

  private static final int STEPS = 3;

  private final ProductSteps steps;
  private final int threads;
  private final HikariDataSource pool;
  private final Scheduler scheduler;
  private volatile CountDownLatch open = new CountDownLatch(0);

  /** With its table in an empty database. */
  DbScheduler(ProductSteps steps, DatabaseAddress own, int threads) throws SQLException {
    this.steps = steps;
    this.threads = threads;
    this.pool = ProductDatabase.pool(own, threads);
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(TABLE);
    }
    this.scheduler =
        Scheduler.create(pool, create(), allocate(), schedule())
            .threads(threads)
            .pollUsingLockAndFetch(1, 4)
            .pollingInterval(Duration.ofMillis(100))
            .enableImmediateExecution()
            .build();
    scheduler.start();
  }

  private Task<?> create() {
    return Tasks.custom(CREATE)
        .execute((task, _) -> {
          steps.create(task.getData());
          open.countDown();
          return new CompletionHandler.OnCompleteReplace<>(ALLOCATE, task.getData().purchaseId());
        });
  }

  private Task<?> allocate() {
    return Tasks.custom(ALLOCATE)
        .execute((task, _) -> {
          steps.allocate(task.getData());
          open.countDown();
          return new CompletionHandler.OnCompleteReplace<>(SCHEDULE, task.getData());
        });
  }

  private Task<?> schedule() {
    return Tasks.custom(SCHEDULE)
        .execute((task, _) -> {
          steps.schedule(task.getData());
          open.countDown();
          return new CompletionHandler.OnCompleteRemove<>();
        });
  }

  @Override
  public String name() {
    return "db-scheduler 16.12, three chained tasks";
  }

  @Override
  public void run(List<PaymentRequest> orders) throws InterruptedException, ExecutionException {
    open = new CountDownLatch(STEPS * orders.size());
    Parallel.each(
        threads,
        orders,
        order ->
            scheduler.scheduleIfNotExists(
                CREATE.instance(order.purchaseId().toString()).data(order).build(), Instant.now()));
    PeerTimeouts.await(open);
  }

  @Override
  public void close() {
    scheduler.stop();
    pool.close();
  }
}
