package dev.mainstay.worker.notification.letter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.notification.letter.LetterSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class LetterPropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void defaults() {
    host.run(context ->
        assertThat(context.getBean(LetterProperties.class).settings())
            .isEqualTo(new LetterSettings("Mainstay", null, null, null, null)));
  }

  @Test
  void aMarketplaceWithAllItsAddresses() {
    host.withPropertyValues(
            "mainstay.letters.marketplace=Shop",
            "mainstay.letters.unsubscribe-url=https://shop.example/stop?who={customer}",
            "mainstay.letters.invite-url=https://shop.example/join",
            "mainstay.letters.password-reset-url=https://shop.example/reset/{token}",
            "mainstay.letters.download-url=https://api.shop.example/api/v1/downloads/{token}")
        .run(context ->
            assertThat(context.getBean(LetterProperties.class).settings())
                .isEqualTo(
                    new LetterSettings(
                        "Shop",
                        "https://shop.example/stop?who={customer}",
                        "https://shop.example/join",
                        "https://shop.example/reset/{token}",
                        "https://api.shop.example/api/v1/downloads/{token}")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mainstay.letters.marketplace= ",
        "mainstay.letters.unsubscribe-url=mailto:stop@shop.example",
        "mainstay.letters.invite-url=shop.example",
        "mainstay.letters.password-reset-url=https://shop.example/reset",
        "mainstay.letters.download-url=https://shop.example/"
      })
  void whatCannotBeUsedIsRefusedAtStart(String property) {
    host.withPropertyValues(property).run(context -> assertThat(context).hasFailed());
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(LetterProperties.class)
  static class Properties {}
}
