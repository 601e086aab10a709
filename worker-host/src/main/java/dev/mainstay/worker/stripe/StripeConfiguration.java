package dev.mainstay.worker.stripe;

import com.stripe.StripeClient;
import dev.mainstay.worker.module.ConditionalOnBackend;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Stripe's client, where there is a key. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class StripeConfiguration {

  private static final Logger log = LoggerFactory.getLogger(StripeConfiguration.class);

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration READ = Duration.ofSeconds(20);

  StripeConfiguration(StripeProperties stripe) {
    if (stripe.secretKey().isBlank()) {
      log.warn(
          "No mainstay.stripe.secret-key (STRIPE_SECRET_KEY): refunds that are asked for, and payrolls, wait for an operator");
    }
  }

  @Bean
  @ConditionalOnExpression("!'${mainstay.stripe.secret-key:}'.isBlank()")
  StripeClient stripeClient(StripeProperties stripe) {
    return StripeClient.builder()
        .setApiKey(stripe.secretKey().strip())
        .setApiBase(stripe.apiBase())
        .setConnectTimeout((int) CONNECT.toMillis())
        .setReadTimeout((int) READ.toMillis())
        // How often Stripe is asked is the step's to say
        .setMaxNetworkRetries(0)
        .build();
  }
}
