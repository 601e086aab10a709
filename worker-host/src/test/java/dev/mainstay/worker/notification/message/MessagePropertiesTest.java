package dev.mainstay.worker.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.notification.message.MessageSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class MessagePropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void defaults() {
    host.run(context ->
        assertThat(context.getBean(MessageProperties.class).settings())
            .isEqualTo(new MessageSettings("Mainstay", null, null, null, null)));
  }

  @Test
  void aMarketplaceWithAllItsAddresses() {
    host.withPropertyValues(
            "mainstay.messages.marketplace=Shop",
            "mainstay.messages.unsubscribe-url=https://shop.example/stop?who={customer}",
            "mainstay.messages.invite-url=https://shop.example/join",
            "mainstay.messages.password-reset-url=https://shop.example/reset/{token}",
            "mainstay.messages.download-url=https://api.shop.example/api/v1/downloads/{token}")
        .run(context ->
            assertThat(context.getBean(MessageProperties.class).settings())
                .isEqualTo(
                    new MessageSettings(
                        "Shop",
                        "https://shop.example/stop?who={customer}",
                        "https://shop.example/join",
                        "https://shop.example/reset/{token}",
                        "https://api.shop.example/api/v1/downloads/{token}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mainstay.messages.marketplace= ",
        "mainstay.messages.unsubscribe-url=mailto:stop@shop.example",
        "mainstay.messages.invite-url=shop.example",
        "mainstay.messages.password-reset-url=https://shop.example/reset",
        "mainstay.messages.download-url=https://shop.example/"
      })
  void whatCannotBeUsedIsRefusedAtStart(String property) {
    host.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(MessageProperties.class)
  static class Properties {}
}
