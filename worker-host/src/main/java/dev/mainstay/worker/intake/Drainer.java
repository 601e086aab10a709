package dev.mainstay.worker.intake;

import dev.mainstay.worker.observation.Correlation;
import dev.mainstay.workflows.process.Lane;
import io.grpc.StatusRuntimeException;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowServiceException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Starts a run for the rows that wait in a lane of the intake, as long as a slot is free: the only
 * place that does. It runs on the host's own client, so that the server hands the run's first task
 * back with the start (Temporal's <i>Eager Workflow Start</i>).
 *
 * <p>Inserted rows wake it, and it also runs every second. While Temporal is unavailable rows wait
 * where waiting is cheap, in the intake.
 */
final class Drainer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Drainer.class);
  private static final long POLL_SECONDS = 1;

  /** Buckets from an immediate claim to an outage. */
  private static final Duration[] WAITS = {
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10)
  };

  private final Lane lane;
  private final Claims claims;
  private final DrainerSlots slots;
  private final Map<String, RunStarter> starters;
  private final TemporalPing temporal;
  private final DrainerWake wake;
  private final MeterRegistry metrics;
  private volatile @Nullable Thread thread;
  private boolean away;

  /** Drains a lane, by those of the starters whose runs are begun in it. */
  Drainer(
      Lane lane,
      Claims claims,
      DrainerSlots slots,
      DrainerWake wake,
      List<RunStarter> starters,
      TemporalPing temporal,
      MeterRegistry metrics) {
    this.lane = lane;
    this.claims = claims;
    this.slots = slots;
    this.wake = wake;
    this.starters =
        starters.stream()
            .filter(starter -> starter.lane() == lane)
            .collect(Collectors.toMap(RunStarter::kind, Function.identity()));
    this.temporal = temporal;
    this.metrics = metrics;
  }

  @Override
  public void start() {
    Thread drainer =
        Thread.ofPlatform()
            .name("intake-drainer-" + lane.name().toLowerCase(Locale.ROOT))
            .unstarted(this::drain);
    thread = drainer;
    drainer.start();
  }

  @Override
  public void stop() {
    Thread drainer = thread;
    thread = null;
    if (drainer != null) {
      wake.wake();
      try {
        drainer.join(Claims.LEASE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** After the workers have started, and stopped before they are. */
  @Override
  public int getPhase() {
    return DEFAULT_PHASE;
  }

  private void drain() {
    while (isRunning()) {
      try {
        var _ = wake.await(lane, POLL_SECONDS);
        startWhatWaits();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (RuntimeException e) {
        log.warn("The intake could not be drained; next try in {} s", POLL_SECONDS, e);
      }
    }
  }

  private void startWhatWaits() {
    while (isRunning() && slots.free(lane) && temporalAnswers()) {
      Optional<Claim> claim = claims.next(starters.values());
      if (claim.isEmpty()) {
        return;
      }
      count(claim.get());
      try (var _ = Correlation.of(claim.get().correlationId())) {
        start(claim.get());
      }
      pause();
    }
  }

  private void pause() {
    for (int i = 0; isRunning() && i < lane.mostPauses(); i++) {
      LockSupport.parkNanos(lane.pause().toNanos());
      if (slots.free(Lane.PROCESSES)) {
        return;
      }
    }
  }

  private void count(Claim claim) {
    DistributionSummary.builder("mainstay.claim.size")
        .description("How many intake rows one claim of the drainer took")
        .tag("kind", claim.kind())
        .serviceLevelObjectives(1, 5, 10, 25, 50)
        .register(metrics)
        .record(claim.rows().size());
    Timer waited =
        Timer.builder("mainstay.claim.wait")
            .description("How long each row of a claim had waited since it was taken in")
            .tag("kind", claim.kind())
            .serviceLevelObjectives(WAITS)
            .register(metrics);
    claim.rows().forEach(row -> waited.record(row.waited()));
  }

  private void start(Claim claim) {
    RunStarter starter = Objects.requireNonNull(starters.get(claim.kind()));
    try {
      var run = starter.run(claim);
      slots.start(lane, run.workflowId(), run.start());
      log.info(
          "Started {} for {}",
          run.workflowId(),
          claim.rows().stream().map(Claim.Row::correlationId).toList());
    } catch (WorkflowExecutionAlreadyStarted _) {
      claims.done(claim);
    } catch (RuntimeException e) {
      if (saysAway(e) || !temporal.knowsUs()) {
        // If the start happened and only its answer was lost, two runs carry the rows, and the
        // idempotent steps absorb it.
        claims.release(claim);
        away = true;
        log.warn("Temporal is away: what was taken in waits ({})", claim.id(), e);
      } else if (claim.rows().size() > 1) {
        // Refused, or a row cannot be read: which of them is seen when each is claimed alone
        claims.releaseForSingleClaim(claim);
        log.warn("Claim {} cannot be started; its rows are claimed one by one", claim.id(), e);
      } else {
        log.error("Claim {} cannot be started; tried again after its lease", claim.id(), e);
      }
    }
  }

  /** Also if Temporal does not know us or the namespace: that is no row's fault. */
  private static boolean saysAway(RuntimeException failure) {
    return failure instanceof WorkflowServiceException
        && failure.getCause() instanceof StatusRuntimeException status
        && switch (status.getStatus().getCode()) {
          case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, CANCELLED -> true;
          case UNAUTHENTICATED, PERMISSION_DENIED, NOT_FOUND -> true;
          default -> false;
        };
  }

  /**
   * Asks at most once a second while Temporal is unavailable. A Temporal that answers may still be
   * unavailable to us.
   */
  private boolean temporalAnswers() {
    if (away) {
      LockSupport.parkNanos(Duration.ofSeconds(POLL_SECONDS).toNanos());
      away = !temporal.answers();
    }
    return !away;
  }
}
