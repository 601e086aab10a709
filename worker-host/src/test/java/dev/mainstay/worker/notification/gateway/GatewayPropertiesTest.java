package dev.mainstay.worker.notification.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.notification.gateway.SmtpServer;
import dev.mainstay.activities.notification.gateway.SmtpServer.Tls;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

class GatewayPropertiesTest {

  private final ApplicationContextRunner host =
      new ApplicationContextRunner().withUserConfiguration(Properties.class);

  @Test
  void defaults() {
    host.run(context -> {
      assertThat(context.getBean(EmailProperties.class))
          .isEqualTo(
              new EmailProperties(
                  "", 587, "", "", Tls.STARTTLS, "", Duration.ofSeconds(10), 16, 100));
      assertThat(context.getBean(SmsProperties.class))
          .isEqualTo(
              new SmsProperties(
                  "", "", "", "", "https://api.twilio.com", Duration.ofSeconds(10), 100));
      assertThat(context.getBean(PushProperties.class))
          .isEqualTo(
              new PushProperties("", "https://fcm.googleapis.com", Duration.ofSeconds(10), 500));
      assertThat(context.getBean(EmailProperties.class).isOn()).isFalse();
      assertThat(context.getBean(SmsProperties.class).isOn()).isFalse();
      assertThat(context.getBean(PushProperties.class).isOn()).isFalse();
    });
  }

  @Test
  void aServerThatIsNamed() {
    host.withPropertyValues(
            "mainstay.email.host=smtp.example",
            "mainstay.email.port=465",
            "mainstay.email.tls=implicit",
            "mainstay.email.user=u",
            "mainstay.email.password=p",
            "mainstay.email.from=a@shop.example")
        .run(context ->
            assertThat(context.getBean(EmailProperties.class).server())
                .isEqualTo(
                    new SmtpServer(
                        "smtp.example", 465, "u", "p", Tls.IMPLICIT, Duration.ofSeconds(10))));
  }

  @Test
  void twilioTellsOurApi() {
    host.withPropertyValues("mainstay.sms.public-url=https://shop.example/")
        .run(context ->
            assertThat(context.getBean(SmsProperties.class).statusCallback())
                .isEqualTo(URI.create("https://shop.example/api/v1/webhooks/twilio/status")));
    host.run(context -> assertThat(context.getBean(SmsProperties.class).statusCallback()).isNull());
  }

  @Test
  void halfAChannelIsRefused() {
    host.withPropertyValues("mainstay.email.host=smtp.example")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("EMAIL_FROM"));
    host.withPropertyValues("mainstay.sms.account-sid=AC1")
        .run(context ->
            assertThat(context).getFailure().rootCause().hasMessageContaining("TWILIO_AUTH_TOKEN"));
  }

  @Test
  void secretsAreNotShown() {
    host.withPropertyValues("mainstay.email.password=planted", "mainstay.sms.auth-token=planted")
        .run(context ->
            assertThat(
                    context.getBean(EmailProperties.class).toString()
                        + context.getBean(EmailProperties.class).server()
                        + context.getBean(SmsProperties.class))
                .doesNotContain("planted"));
  }

  @Configuration(proxyBeanMethods = false)
  @EnableConfigurationProperties({EmailProperties.class, SmsProperties.class, PushProperties.class})
  static class Properties {}
}
