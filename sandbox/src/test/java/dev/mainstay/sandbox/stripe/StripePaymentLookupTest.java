package dev.mainstay.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.PaymentIntentCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.gateway.StripeMode;
import dev.mainstay.activities.payment.PaymentLookup;
import dev.mainstay.activities.payment.PaymentLookup.ReceivedPayment;
import dev.mainstay.activities.payment.StripePaymentLookup;
import dev.mainstay.sandbox.simulator.AskedSimulator;
import dev.mainstay.sandbox.simulator.SimulatorServer;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the look-up promises, held against the simulator by Stripe's own client. */
class StripePaymentLookupTest {

  private static final long PAID = 500;

  private SimulatorServer simulator;
  private StripeClient stripe;
  private PaymentLookup lookup;

  @BeforeEach
  void start() throws IOException {
    simulator =
        new SimulatorServer(
            0, new StripeSimulator(InstantSource.system(), _ -> {}), InstantSource.system());
    stripe =
        StripeClient.builder()
            .setApiKey("sk_test_simulated")
            .setApiBase(simulator.base())
            .setMaxNetworkRetries(0)
            .build();
    lookup = new StripePaymentLookup(stripe, new StripeMode(false));
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aReceivedPaymentIsFoundByItsIdAndByItsCheckoutSession() throws StripeException {
    String intent = payment(true);
    var received = new ReceivedPayment(intent, PAID, "USD", "succeeded", true);

    assertThat(lookup.find(intent)).contains(received);
    assertThat(lookup.find(intent.replaceFirst("^pi_", "cs_"))).contains(received);
  }

  @Test
  void aPaymentThatNobodyConfirmedWasNotReceived() throws StripeException {
    String intent = payment(false);

    assertThat(lookup.find(intent))
        .contains(new ReceivedPayment(intent, 0, "USD", "requires_confirmation", false));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pi_unknown", "cs_unknown", "ch_1", "pi_1/../../refunds", "cash", "pi_"})
  void whatStripeDoesNotKnowIsNoPayment(String id) {
    assertThat(lookup.find(id)).isEmpty();
  }

  @Test
  void aCheckoutThatCostsNothingIsAPaymentOnceItIsComplete() throws StripeException {
    var price =
        SessionCreateParams.LineItem.PriceData.builder().setCurrency("usd").setUnitAmount(0L);
    String session =
        stripe
            .v1()
            .checkout()
            .sessions()
            .create(
                SessionCreateParams.builder()
                    .setMode(SessionCreateParams.Mode.PAYMENT)
                    .addLineItem(
                        SessionCreateParams.LineItem.builder()
                            .setQuantity(1L)
                            .setPriceData(price.build())
                            .build())
                    .build())
            .getId();

    assertThat(lookup.find(session)).isEmpty();

    new AskedSimulator(simulator.base()).post("/checkout/" + session + "/complete", "");

    assertThat(lookup.find(session))
        .contains(new ReceivedPayment(session, 0, "USD", "no_payment_required", true));
  }

  @Test
  void aPaymentOfTheOtherModeIsNoAnswer() throws StripeException {
    String intent = payment(true);
    var live = new StripePaymentLookup(stripe, new StripeMode(true));

    assertThatThrownBy(() -> live.find(intent))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("STRIPE_LIVEMODE");
    assertThatThrownBy(() -> live.find(intent.replaceFirst("^pi_", "cs_")))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("STRIPE_LIVEMODE");
  }

  @Test
  void aStripeThatIsNotThereIsNoAnswer() throws StripeException {
    String intent = payment(true);
    simulator.close();

    assertThatThrownBy(() -> lookup.find(intent)).isInstanceOf(NotReachedException.class);
  }

  private String payment(boolean confirmed) throws StripeException {
    return stripe
        .v1()
        .paymentIntents()
        .create(
            PaymentIntentCreateParams.builder()
                .setAmount(PAID)
                .setCurrency("usd")
                .setConfirm(confirmed)
                .build())
        .getId();
  }
}
