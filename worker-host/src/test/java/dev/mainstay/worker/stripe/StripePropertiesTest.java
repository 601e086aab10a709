package dev.mainstay.worker.stripe;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class StripePropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void withoutAKeyThereIsNoModeToName() {
    host.run(context -> {
      var stripe = context.getBean(StripeProperties.class);
      assertThat(stripe.secretKey()).isEmpty();
      assertThat(stripe.apiBase()).isEqualTo("https://api.stripe.com");
      assertThat(stripe.livemode()).isNull();
      assertThat(stripe.isLive()).isFalse();
    });
  }

  @ParameterizedTest
  @CsvSource({
    "sk_test_1,     false",
    "rk_test_1,     false",
    "sk_live_1,     true",
    "rk_live_1,     true",
    "' sk_live_1 ', true",
    "of_another_1,  true",
    "of_another_1,  false"
  })
  void aKeyOfTheModeStarts(String key, boolean live) {
    host.withPropertyValues("mainstay.stripe.secret-key=" + key, "mainstay.stripe.livemode=" + live)
        .run(context ->
            assertThat(context.getBean(StripeProperties.class).isLive()).isEqualTo(live));
  }

  @ParameterizedTest
  @CsvSource({
    "sk_test_1,     true,  is not of the mode",
    "rk_test_1,     true,  is not of the mode",
    "sk_live_1,     false, is not of the mode",
    "rk_live_1,     false, is not of the mode",
    "' sk_live_1 ', false, is not of the mode",
    "sk_test_1,     ,      must be true or false with a secret key",
    "sk_live_1,     ,      must be true or false with a secret key"
  })
  void aKeyOfAnotherModeOrOfNoneStopsTheStart(String key, @Nullable String live, String why) {
    host.withPropertyValues(
            "mainstay.stripe.secret-key=" + key,
            "mainstay.stripe.livemode=" + requireNonNullElse(live, ""))
        .run(context ->
            assertThat(context)
                .getFailure()
                .rootCause()
                .hasMessageContaining("STRIPE_LIVEMODE")
                .hasMessageContaining(why)
                .hasMessageNotContaining("live_1"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(StripeProperties.class)
  static class Properties {}
}
