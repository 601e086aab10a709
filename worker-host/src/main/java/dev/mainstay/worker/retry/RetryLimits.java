package dev.mainstay.worker.retry;

import static java.util.Objects.requireNonNullElse;

import dev.mainstay.worker.module.WorkerProperties;
import dev.mainstay.worker.retry.RetryProperties.Retry;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.Step;
import dev.mainstay.workflows.step.StepRunner;
import io.temporal.common.metadata.POJOWorkflowInterfaceMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The configured retries of steps, by the workflow that runs them. */
final class RetryLimits {

  private static final int MOST_ATTEMPTS = 1_000;
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Map<StepOfWorkflow, Retry> limits = new HashMap<>();

  private record StepOfWorkflow(String workflowType, String step) {}

  private RetryLimits() {}

  /**
   * Called at start.
   *
   * @throws IllegalStateException with all names that are no step and all values that a step cannot
   *     have
   */
  static RetryLimits of(Map<String, Map<String, Retry>> configured, Collection<ProcessType> types) {
    var result = new RetryLimits();
    var errors = new TreeSet<String>();
    configured.forEach((process, steps) ->
        steps.forEach((step, retry) -> {
          String key = "mainstay.retry." + process + "." + step;
          List<ProcessType> named = named(types, ProcessType::name, process);
          List<Step> all = named.stream().flatMap(type -> type.steps().stream()).toList();
          List<Step> meant = named(all, Step::name, step);
          if (named.isEmpty()) {
            errors.add(key + ": there is no process " + process);
          } else if (meant.isEmpty()) {
            errors.add(key + ": the process has no such step, but " + names(all));
          } else {
            errors.addAll(errors(key, meant, retry));
            result.put(named, meant.getFirst().name(), retry);
          }
        }));
    if (!errors.isEmpty()) {
      throw new IllegalStateException(String.join("; ", errors));
    }
    return result;
  }

  private static <T> List<T> named(Collection<T> all, Function<T, String> name, String wanted) {
    return all.stream()
        .filter(one ->
            name.apply(one).equals(wanted)
                || WorkerProperties.inEnvironment(name.apply(one)).equals(wanted))
        .toList();
  }

  private static Set<String> names(List<Step> steps) {
    var names = new TreeSet<String>();
    steps.forEach(step -> names.add(step.name()));
    return names;
  }

  private static List<String> errors(String key, List<Step> steps, Retry retry) {
    List<String> errors = new ArrayList<>();
    Integer attempts = retry.attempts();
    if (attempts != null && steps.stream().allMatch(Step::attemptsFixed)) {
      errors.add(key + ".attempts: the process counts them itself");
    } else if (attempts != null && (attempts < 2 || attempts > MOST_ATTEMPTS)) {
      // The workflow itself does otherwise for a step with one attempt.
      errors.add(key + ".attempts must be from 2 to " + MOST_ATTEMPTS);
    }
    Duration first = requireNonNullElse(retry.firstInterval(), StepRunner.FIRST_INTERVAL);
    Duration longest = requireNonNullElse(retry.longestInterval(), StepRunner.LONGEST_INTERVAL);
    if (first.compareTo(SHORTEST) < 0) {
      errors.add(key + ".first-interval must be at least 100 ms");
    }
    if (longest.compareTo(LONGEST) > 0) {
      errors.add(key + ".longest-interval must be at most 24 h");
    }
    if (first.compareTo(longest) > 0) {
      errors.add(
          "%s.first-interval, %s, must not be longer than longest-interval, %s"
              .formatted(key, first, longest));
    }
    return errors;
  }

  private void put(List<ProcessType> types, String step, Retry retry) {
    types.stream()
        .flatMap(type -> type.workflows().stream())
        .map(workflow ->
            POJOWorkflowInterfaceMetadata.newInstance(workflow).getWorkflowType().orElseThrow())
        .forEach(workflowType -> limits.put(new StepOfWorkflow(workflowType, step), retry));
  }

  /** The configured retries of a workflow's step; null if there are none. */
  @Nullable Retry of(String workflowType, Step step) {
    return limits.get(new StepOfWorkflow(workflowType, step.name()));
  }
}
