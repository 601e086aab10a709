package dev.mainstay.worker.reminder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class ReminderPropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void defaults() {
    host.run(context ->
        assertThat(context.getBean(ReminderProperties.class))
            .isEqualTo(new ReminderProperties(500)));
  }

  @Test
  void aPageIsNotLargerThanTheSenderTakes() {
    host.withPropertyValues("mainstay.reminder.page-size=501")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("pageSize"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(ReminderProperties.class)
  static class Properties {}
}
