package dev.mainstay.worker.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class TaskPropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void defaults() {
    host.run(context ->
        assertThat(context.getBean(TaskProperties.class))
            .isEqualTo(new TaskProperties(Duration.ofDays(7), Duration.ofHours(1))));
  }

  @Test
  void aLinkThatWorksForNoTimeIsRefused() {
    host.withPropertyValues("mainstay.task.reset-valid=0s")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("reset-valid"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(TaskProperties.class)
  static class Properties {}
}
