package dev.mainstay.worker.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class PayrollPropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void nothingHasToBeApprovedUnlessItIsSaid() {
    host.run(context -> {
      var payroll = context.getBean(PayrollProperties.class);
      assertThat(payroll.approval()).isEqualTo(Approval.OFF);
      assertThat(payroll.pageSize()).isEqualTo(1000);
      assertThat(payroll.zone()).hasToString("UTC");
    });
    host.withPropertyValues("mainstay.payroll.approval=required")
        .run(context ->
            assertThat(context.getBean(PayrollProperties.class).approval())
                .isEqualTo(Approval.REQUIRED));
    // what YAML makes of a bare off
    host.withPropertyValues("mainstay.payroll.approval=false")
        .run(context ->
            assertThat(context.getBean(PayrollProperties.class).approval())
                .isEqualTo(Approval.OFF));
  }

  @Test
  void aPageHasAtLeastOneVendor() {
    host.withPropertyValues("mainstay.payroll.page-size=0")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("pageSize"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties(PayrollProperties.class)
  static class Properties {}
}
