package dev.mainstay.worker.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.worker.retry.RetryProperties.Retry;
import dev.mainstay.workflows.ProcessTypes;
import dev.mainstay.workflows.process.ProcessType;
import dev.mainstay.workflows.step.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class RetryLimitsTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void nothingIsConfiguredByDefault() {
    host.run(context -> assertThat(context.getBean(RetryProperties.class).retry()).isEmpty());
  }

  @Test
  void whatIsConfiguredAppliesToTheStepInItsWorkflow() {
    host.withPropertyValues(
            "mainstay.retry.refund.ask.attempts=8", "mainstay.retry.refund.ask.first-interval=2s")
        .run(context -> {
          RetryLimits limits = limits(context.getBean(RetryProperties.class).retry());
          assertThat(limits.of("Refund", step("refund", "ask")))
              .isEqualTo(new Retry(8, Duration.ofSeconds(2), null));
          assertThat(limits.of("Refund", step("refund", "book"))).isNull();
          assertThat(limits.of("Payout", step("refund", "ask"))).isNull();
        });
  }

  @Test
  void aProcessOfTwoWorkflowsHasOneConfiguration() {
    Retry retry = new Retry(9, null, null);
    RetryLimits limits = limits(Map.of("purchase", Map.of("allocate", retry)));

    assertThat(limits.of("PurchaseBatch", step("purchase", "allocate"))).isEqualTo(retry);
    assertThat(limits.of("Purchase", step("purchase", "allocate"))).isEqualTo(retry);
  }

  @Test
  void aNameWithoutItsDashesIsKnownAsInAnEnvironmentVariable() {
    Retry retry = new Retry(9, null, null);
    RetryLimits limits = limits(Map.of("trainerfree", Map.of("whowaits", retry)));

    assertThat(limits.of("TrainerFree", step("trainer-free", "who-waits"))).isEqualTo(retry);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "refunds, ask,  5, -,    -,   there is no process refunds",
        "refund,  pay,  5, -,    -,   'the process has no such step, but [arrive, ask, book, cancel]'",
        "refund,  ask,  1, -,    -,   attempts must be from 2 to 1000",
        "refund,  ask,  0, -,    -,   attempts must be from 2 to 1000",
        "task,    send, 5, -,    -,   the process counts them itself",
        "refund,  ask,  -, PT0S, -,   first-interval must be at least 100 ms",
        "refund,  ask,  -, PT2M, -,   must not be longer than longest-interval",
        "refund,  ask,  -, -,    P2D, longest-interval must be at most 24 h",
      })
  void whatAStepCannotHaveStopsTheStart(
      String process,
      String step,
      @Nullable Integer attempts,
      @Nullable Duration first,
      @Nullable Duration longest,
      String error) {
    var configured = Map.of(process, Map.of(step, new Retry(attempts, first, longest)));

    assertThatThrownBy(() -> limits(configured))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("mainstay.retry." + process + "." + step)
        .hasMessageContaining(error);
  }

  private static RetryLimits limits(Map<String, Map<String, Retry>> configured) {
    return RetryLimits.of(configured, ProcessTypes.ALL);
  }

  private static Step step(String process, String name) {
    List<Step> steps =
        ProcessTypes.ALL.stream()
            .filter(type -> type.name().equals(process))
            .map(ProcessType::steps)
            .findFirst()
            .orElseThrow();
    return Objects.requireNonNull(
        steps.stream().filter(step -> step.name().equals(name)).findFirst().orElse(null));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(RetryProperties.class)
  static class Properties {}
}
