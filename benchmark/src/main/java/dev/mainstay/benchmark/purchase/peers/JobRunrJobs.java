package dev.mainstay.benchmark.purchase.peers;

import com.zaxxer.hikari.HikariDataSource;
import dev.mainstay.benchmark.purchase.PaymentRequest;
import dev.mainstay.benchmark.purchase.ProductDatabase;
import dev.mainstay.benchmark.purchase.ProductSteps;
import dev.mainstay.sandbox.server.DatabaseAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.server.configuration.FixedSizeBackgroundJobServerWorkerPolicy;
import org.jobrunr.storage.sql.postgres.PostgresStorageProvider;

/** JobRunr: a chain of three jobs, each enqueued by the one before once its step has committed. */
final class JobRunrJobs implements Engine {

  /** The shortest that it takes. */
  private static final int POLL_SECONDS = 5;

  private final ProductSteps steps;
  private final int threads;
  private final HikariDataSource pool;
  private final JobRequestScheduler jobs;
  private volatile CountDownLatch open = new CountDownLatch(0);

  /** With its tables in an empty database. */
  JobRunrJobs(ProductSteps steps, DatabaseAddress own, int threads) {
    this.steps = steps;
    this.threads = threads;
    this.pool = ProductDatabase.pool(own, threads);
    this.jobs =
        JobRunr.configure()
            .useStorageProvider(new PostgresStorageProvider(pool))
            .useJobActivator(new Activator())
            .useBackgroundJobServer(
                BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                    .andPollIntervalInSeconds(POLL_SECONDS)
                    .andBackgroundJobServerWorkerPolicy(
                        new FixedSizeBackgroundJobServerWorkerPolicy(threads)))
            .initialize()
            .getJobRequestScheduler();
  }

  @Override
  public String name() {
    return "JobRunr 8.7, three chained jobs";
  }

  @Override
  public void run(List<PaymentRequest> orders) throws InterruptedException, ExecutionException {
    open = new CountDownLatch(Step.values().length * orders.size());
    Parallel.each(threads, orders, order -> jobs.enqueue(new Job(Step.CREATE, order)));
    PeerTimeouts.await(open);
  }

  @Override
  public void close() {
    JobRunr.destroy();
    pool.close();
  }

  /** The step of a job. */
  public enum Step {
    CREATE,
    ALLOCATE,
    SCHEDULE
  }

  /** A job, kept as JSON. */
  public record Job(Step step, PaymentRequest order) implements JobRequest {

    @Override
    public Class<Handler> getJobRequestHandler() {
      return Handler.class;
    }
  }

  /** Runs a step and enqueues the next. */
  public final class Handler implements JobRequestHandler<Job> {

    private Handler() {}

    @Override
    public void run(Job job) {
      PaymentRequest order = job.order();
      switch (job.step()) {
        case CREATE -> {
          steps.create(order);
          jobs.enqueue(new Job(Step.ALLOCATE, order));
        }
        case ALLOCATE -> {
          steps.allocate(order.purchaseId());
          jobs.enqueue(new Job(Step.SCHEDULE, order));
        }
        case SCHEDULE -> steps.schedule(order.purchaseId());
      }
      open.countDown();
    }
  }

  private final class Activator implements JobActivator {

    private final Handler handler = new Handler();

    @Override
    public <T> T activateJob(Class<T> type) {
      return type.cast(handler);
    }
  }
}
