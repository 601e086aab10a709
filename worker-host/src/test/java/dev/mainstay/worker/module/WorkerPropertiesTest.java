package dev.mainstay.worker.module;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.worker.module.WorkerProperties.Host;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class WorkerPropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void defaults() {
    host.run(context ->
        assertThat(context.getBean(WorkerProperties.class))
            .isEqualTo(
                new WorkerProperties(
                    Backend.CLUSTER,
                    Map.of(),
                    new Host(List.of(), List.of(), 10, 2, 2, 50, Duration.ofSeconds(30)))));
  }

  @Test
  void everyBadValueIsNamedAtOnce() {
    host.withPropertyValues("mainstay.worker.slots=1", "mainstay.worker.pollers=0")
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContainingAll("slots", "pollers"));
  }

  @Test
  void pollersAndStartsThatLeaveNoSlotAreRefused() {
    host.withPropertyValues("mainstay.worker.slots=4")
        .run(context -> assertThat(context).hasNotFailed());
    host.withPropertyValues("mainstay.worker.slots=3")
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("slots"));
  }

  @Test
  void aProcessIsOnUnlessItIsSwitchedOff() {
    WorkerModule purchase = new WorkerModule("purchase", "q", List.of(), List.of(), List.of());
    host.run(
        context -> assertThat(context.getBean(WorkerProperties.class).serves(purchase)).isTrue());
    host.withPropertyValues("mainstay.features.purchase.enabled=false")
        .run(context ->
            assertThat(context.getBean(WorkerProperties.class).serves(purchase)).isFalse());
  }

  @Test
  void anEnvironmentVariableSwitchesOffANameWithADash() {
    WorkerModule topUp = new WorkerModule("session-top-up", "q", List.of(), List.of(), List.of());
    host.withInitializer(context ->
            context
                .getEnvironment()
                .getPropertySources()
                .addFirst(
                    new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("MAINSTAY_FEATURES_SESSIONTOPUP_ENABLED", "false"))))
        .run(
            context -> assertThat(context.getBean(WorkerProperties.class).serves(topUp)).isFalse());
  }

  @Test
  void aHostMayServeOnlySomeQueuesOrModules() {
    WorkerModule purchase = new WorkerModule("purchase", "q", List.of(), List.of(), List.of());
    host.withPropertyValues("mainstay.worker.queues=other")
        .run(context ->
            assertThat(context.getBean(WorkerProperties.class).serves(purchase)).isFalse());
    host.withPropertyValues("mainstay.worker.modules=other")
        .run(context ->
            assertThat(context.getBean(WorkerProperties.class).serves(purchase)).isFalse());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(WorkerProperties.class)
  static class Properties {}
}
