package dev.mainstay.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.param.TransferCreateParams;
import dev.mainstay.activities.gateway.StripeMode;
import dev.mainstay.activities.payroll.StripeTransferGateway;
import dev.mainstay.activities.payroll.TransferGateway;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Accepted;
import dev.mainstay.activities.payroll.TransferGateway.Origin;
import dev.mainstay.activities.payroll.TransferGateway.Wish;
import dev.mainstay.activities.refund.RefundGateway;
import dev.mainstay.activities.refund.StripeRefundGateway;
import dev.mainstay.sandbox.server.GoProgram;
import dev.mainstay.sandbox.simulator.AskedSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request that our gateways make is one that Stripe knows: held against Stripe's own
 * published mock, which refuses what Stripe's description of its API has not got.
 */
class StripeMockTest {

  private static final Logger log = LoggerFactory.getLogger(StripeMockTest.class);
  private static final GoProgram STRIPE_MOCK =
      new GoProgram("stripe-mock", "0.203.0", "github.com/stripe/stripe-mock");

  private static Process mock;
  private static StripeClient stripe;

  @BeforeAll
  static void start() throws IOException {
    assumeTrue(
        STRIPE_MOCK.built().isPresent() || GoProgram.isBuildable(),
        "stripe-mock is built with Go, and there is none: install Go (https://go.dev/dl)");
    int port = AskedSimulator.unusedPort();
    mock =
        new ProcessBuilder(
                STRIPE_MOCK.find(log::info).toString(), "-http-addr", "127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await().atMost(Duration.ofSeconds(30)).until(() -> answers(port));
    stripe =
        StripeClient.builder()
            .setApiKey("sk_test_123")
            .setApiBase("http://127.0.0.1:" + port)
            .setMaxNetworkRetries(0)
            .build();
  }

  @AfterAll
  static void stop() {
    if (mock != null) {
      mock.destroy();
    }
  }

  @Test
  void itTakesOurTransfers() {
    TransferGateway gateway = new StripeTransferGateway(stripe, new StripeMode(false));
    UUID payout = UUID.randomUUID();

    var origin = new Origin(UUID.randomUUID(), "weekly", LocalDate.parse("2026-03-02"));
    assertThat(gateway.transfer(new Wish(payout, 1, "acct_1032D82eZvKYlo2C", 8_000, "USD", origin)))
        .isInstanceOf(Accepted.class);
    assertThat(gateway.find(payout)).as("it keeps nothing").isEmpty();
  }

  @Test
  void itListsTransfersAsTheyAreReconciled() {
    var reader = new StripeTransferGateway(stripe, new StripeMode(false));

    assertThat(reader.made(Instant.EPOCH, Instant.parse("2026-03-09T00:00:00Z"), null)).isNotNull();
  }

  @Test
  void itTakesOurRefunds() {
    RefundGateway gateway = new StripeRefundGateway(stripe);
    UUID request = UUID.randomUUID();

    assertThat(gateway.refund(new RefundGateway.Wish(request, 1, "pi_1", 100)))
        .isInstanceOf(RefundGateway.Answer.Accepted.class);
    assertThat(gateway.made("pi_1", request)).isEmpty();
  }

  @Test
  void itRefusesWhatStripeDoesNotKnow() {
    var unknown =
        TransferCreateParams.builder()
            .setAmount(1L)
            .setCurrency("usd")
            .setDestination("acct_1032D82eZvKYlo2C")
            .putExtraParam("gratuity", "1")
            .build();

    assertThatThrownBy(() -> stripe.v1().transfers().create(unknown))
        .isInstanceOf(InvalidRequestException.class);
  }

  private static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
