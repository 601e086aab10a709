package dev.mainstay.worker.module;

import dev.mainstay.workflows.purchase.PurchaseBatchWorkflow;
import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The processes that a worker host serves, and its limits.
 *
 * @param backend Backend that runs the processes.
 * @param features Switches processes on and off: {@code mainstay.features.<process>.enabled}. A
 *     process without a switch is on. A name that is neither a process nor one of its flags stops
 *     the start.
 * @param worker The host's own limits.
 */
@Validated
@ConfigurationProperties("mainstay")
public record WorkerProperties(
    @DefaultValue("cluster") @NotNull Backend backend,
    @DefaultValue Map<String, Feature> features,
    @DefaultValue @Valid Host worker) {

  /** Whether a process is on. */
  public record Feature(@DefaultValue("true") boolean enabled) {}

  /**
   * The host's own limits.
   *
   * @param queues Task queues to serve. Empty for all.
   * @param modules Modules to serve. Empty for all.
   * @param slots Maximum number of concurrent tasks per queue and kind of task, 2 to 1,000, at
   *     least pollers + starts.
   * @param pollers Number of concurrent polls per queue and kind of task, 1 to 100, fewer than
   *     slots because each poll holds a slot.
   * @param starts Maximum number of runs that the drainer has started and that have neither closed
   *     nor waited yet, 1 to 1,000, fewer than slots.
   * @param purchasesPerRun Maximum number of waiting purchases in one run, 1 to 50.
   * @param drain How long a stopping host waits for work in progress.
   */
  public record Host(
      @DefaultValue List<String> queues,
      @DefaultValue List<String> modules,
      @DefaultValue("10") @Min(2) @Max(1000) int slots,
      @DefaultValue("2") @Min(1) @Max(100) int pollers,
      @DefaultValue("2") @Min(1) @Max(1000) int starts,
      @DefaultValue("50") @Min(1) @Max(PurchaseBatchWorkflow.MAX_BATCH_SIZE) int purchasesPerRun,
      @DefaultValue("30s") @NotNull Duration drain) {

    @AssertTrue(message = "drain must not be negative")
    boolean isDrainEnough() {
      return !drain.isNegative();
    }

    /** Each poll and each begun run holds a slot of its own. */
    @AssertTrue(message = "slots must be at least pollers + starts")
    boolean isSlotsEnough() {
      return slots >= pollers + starts;
    }
  }

  /** Whether this host serves the module. */
  public boolean serves(WorkerModule module) {
    return isOn(module) && isMeantFor(module);
  }

  /** Whether this host would serve the module if its process is on. */
  public boolean isMeantFor(WorkerModule module) {
    return (worker.queues().isEmpty() || worker.queues().contains(module.queue()))
        && (worker.modules().isEmpty() || worker.modules().contains(module.name()));
  }

  /** Whether the module's process is on at all. */
  public boolean isOn(WorkerModule module) {
    String name = module.name();
    Feature feature = features.getOrDefault(name, features.get(inEnvironment(name)));
    return feature == null || feature.enabled();
  }

  /** The name's form in the key of an environment variable, where Spring takes no dashes. */
  public static String inEnvironment(String name) {
    return name.replace("-", "");
  }
}
