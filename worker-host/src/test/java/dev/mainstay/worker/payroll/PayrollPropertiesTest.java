package dev.mainstay.worker.payroll;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.worker.stripe.StripeProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class PayrollPropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void hasDefaults() {
    host.run(context -> {
      var payroll = context.getBean(PayrollProperties.class);
      assertThat(payroll.pageSize()).isEqualTo(1000);
      assertThat(payroll.zone()).hasToString("UTC");
    });
  }

  @ParameterizedTest
  @CsvSource({
    ",            false",
    "sk_test_1,   false",
    "rk_test_1,   false",
    "sk_live_1,   true",
    "rk_live_1,   true",
    "' sk_live_', true"
  })
  void approvalIsRequiredWhereMoneyIsReal(@Nullable String key, boolean required) {
    String secretKey = "mainstay.stripe.secret-key=" + requireNonNullElse(key, "");

    requiresApproval(required, secretKey);
    requiresApproval(true, secretKey, "mainstay.payroll.approval=required");
    requiresApproval(false, secretKey, "mainstay.payroll.approval=off");
    // what YAML makes of a bare off
    requiresApproval(false, secretKey, "mainstay.payroll.approval=false");
  }

  private void requiresApproval(boolean required, String... properties) {
    host.withPropertyValues(properties)
        .run(context ->
            assertThat(
                    context
                        .getBean(PayrollProperties.class)
                        .requiresApproval(context.getBean(StripeProperties.class)))
                .as("%s", List.of(properties))
                .isEqualTo(required));
  }

  @Test
  void aPageHasAtLeastOneVendor() {
    host.withPropertyValues("mainstay.payroll.page-size=0")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("pageSize"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({PayrollProperties.class, StripeProperties.class})
  static class Properties {}
}
