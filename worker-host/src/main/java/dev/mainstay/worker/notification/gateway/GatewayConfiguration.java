package dev.mainstay.worker.notification.gateway;

import com.google.auth.oauth2.ServiceAccountCredentials;
import com.twilio.http.TwilioRestClient;
import dev.mainstay.activities.gateway.SharedRateLimit;
import dev.mainstay.activities.notification.MessageRateLimit;
import dev.mainstay.activities.notification.gateway.EmailGateway;
import dev.mainstay.activities.notification.gateway.FcmPushGateway;
import dev.mainstay.activities.notification.gateway.PushGateway;
import dev.mainstay.activities.notification.gateway.SmsGateway;
import dev.mainstay.activities.notification.gateway.SmtpEmailGateway;
import dev.mainstay.activities.notification.gateway.TwilioHttp;
import dev.mainstay.activities.notification.gateway.TwilioSmsGateway;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.workflows.notification.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The gateways of messages: one for each configured channel. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class GatewayConfiguration {

  private static final Logger log = LoggerFactory.getLogger(GatewayConfiguration.class);

  GatewayConfiguration(EmailProperties email, SmsProperties sms, PushProperties push) {
    if (!email.isOn()) {
      log.warn("No mainstay.email.host (SMTP_HOST): no e-mail is sent");
    }
    if (!sms.isOn()) {
      log.warn("No mainstay.sms.account-sid (TWILIO_ACCOUNT_SID): no text message is sent");
    }
    if (!push.isOn()) {
      log.warn(
          "No mainstay.push.credentials (GOOGLE_APPLICATION_CREDENTIALS): no push message is sent");
    }
  }

  @Bean
  @ConditionalOnExpression("'${mainstay.email.host:}' != ''")
  EmailGateway emailGateway(EmailProperties email, InstantSource clock) {
    return new SmtpEmailGateway(email.server(), email.from(), email.connections(), clock);
  }

  @Bean
  @ConditionalOnExpression("'${mainstay.sms.account-sid:}' != ''")
  SmsGateway smsGateway(SmsProperties sms) {
    var twilio =
        new TwilioRestClient.Builder(sms.accountSid().strip(), sms.authToken().strip())
            .httpClient(new TwilioHttp(URI.create(sms.apiBase()), sms.timeout()))
            .build();
    return new TwilioSmsGateway(twilio, sms.from(), sms.statusCallback());
  }

  @Bean
  @ConditionalOnExpression("'${mainstay.push.credentials:}' != ''")
  PushGateway pushGateway(PushProperties push) throws IOException {
    try (InputStream key = Files.newInputStream(Path.of(push.credentials().strip()))) {
      var account = ServiceAccountCredentials.fromStream(key);
      return new FcmPushGateway(
          URI.create(push.apiBase()),
          Objects.requireNonNull(
              account.getProjectId(), "the service account's key names no project_id"),
          // How often is the step's to say
          account.createWithCustomRetryStrategy(false).createScoped(List.of(FcmPushGateway.SCOPE)),
          push.timeout());
    }
  }

  @Bean
  MessageRateLimit messageRate(
      SharedRateLimit rate, EmailProperties email, SmsProperties sms, PushProperties push) {
    return MessageRateLimit.of(
        Map.of(
            Channel.EMAIL, rate.of(Channel.EMAIL.text(), email.perSecond()),
            Channel.SMS, rate.of(Channel.SMS.text(), sms.perSecond()),
            Channel.PUSH, rate.of(Channel.PUSH.text(), push.perSecond())));
  }
}
