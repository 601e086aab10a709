package dev.mainstay.worker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.session.SessionTopUp;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class SessionTopUpPropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void defaults() {
    host.run(context ->
        assertThat(context.getBean(SessionTopUpProperties.class).numbers())
            .isEqualTo(new SessionTopUp(3, 7, 500)));
  }

  @Test
  void whatIsFilledUpIsNotShortAgain() {
    host.withPropertyValues("mainstay.session-top-up.up-to=2")
        .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("up-to"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(SessionTopUpProperties.class)
  static class Properties {}
}
