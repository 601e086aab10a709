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
    ",          false, false",
    ",          true,  false",
    "sk_test_1, false, false",
    "sk_live_1, true,  true",
    "of_nobody, true,  true",
    "of_nobody, false, false"
  })
  void approvalIsRequiredWhereMoneyIsReal(@Nullable String key, boolean live, boolean required) {
    String secretKey = "mainstay.stripe.secret-key=" + requireNonNullElse(key, "");
    String mode = "mainstay.stripe.livemode=" + live;

    requiresApproval(required, secretKey, mode);
    requiresApproval(true, secretKey, mode, "mainstay.payroll.approval=required");
    requiresApproval(false, secretKey, mode, "mainstay.payroll.approval=off");
    // what YAML makes of a bare off
    requiresApproval(false, secretKey, mode, "mainstay.payroll.approval=false");
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
