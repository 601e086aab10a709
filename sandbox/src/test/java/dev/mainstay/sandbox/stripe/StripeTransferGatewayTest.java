package dev.mainstay.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferReversalCreateParams;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.gateway.StripeMode;
import dev.mainstay.activities.payroll.StripeTransferGateway;
import dev.mainstay.activities.payroll.TransferGateway;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Accepted;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Refused;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Unknown;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Withheld;
import dev.mainstay.activities.payroll.TransferGateway.Origin;
import dev.mainstay.activities.payroll.TransferGateway.Wish;
import dev.mainstay.sandbox.simulator.AskedSimulator;
import dev.mainstay.sandbox.simulator.SimulatorServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The gateway's guarantees, tested against the simulator with Stripe's own client. */
class StripeTransferGatewayTest {

  private static final StripeMode TEST_MODE = new StripeMode(false);

  private final List<SimulatedStripeEvent> events = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-09T08:00:00Z"));
  private static final Origin ORIGIN =
      new Origin(UUID.randomUUID(), "weekly", LocalDate.parse("2026-03-02"));

  private final UUID payout = UUID.randomUUID();
  private Runnable told = () -> {};
  private SimulatorServer simulator;
  private AskedSimulator asked;
  private StripeClient stripe;
  private TransferGateway gateway;

  @BeforeEach
  void start() throws IOException {
    InstantSource clock = now::get;
    simulator = new SimulatorServer(0, new StripeSimulator(clock, this::take), clock);
    asked = new AskedSimulator(simulator.base());
    stripe = client(simulator.base());
    gateway = new StripeTransferGateway(stripe, TEST_MODE);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void aTransferIsMadeOnceAndFoundByItsPayout() throws StripeException {
    Accepted accepted = (Accepted) gateway.transfer(wish(1));

    assertThat(gateway.transfer(wish(1))).isEqualTo(accepted);
    assertThat(gateway.find(payout)).contains(accepted);
    assertThat(gateway.find(UUID.randomUUID())).isEmpty();
    var transfer = stripe.v1().transfers().retrieve(accepted.transferId());
    assertThat(transfer.getAmount()).isEqualTo(8_000);
    assertThat(transfer.getCurrency()).isEqualTo("usd");
    assertThat(transfer.getDestination()).isEqualTo("acct_a");
    assertThat(transfer.getTransferGroup()).isEqualTo(payout.toString());
    assertThat(transfer.getMetadata())
        .containsOnly(
            entry("mainstay_payout", payout.toString()),
            entry("mainstay_installation", ORIGIN.installation().toString()),
            entry("mainstay_cadence", "weekly"),
            entry("mainstay_period_start", "2026-03-02"));
    JsonNode event = JsonMapper.shared().readTree(events.getFirst().body());
    assertThat(events).hasSize(1);
    assertThat(event.path("type").asString()).isEqualTo("transfer.created");
    assertThat(event.at("/data/object/id").asString()).isEqualTo(accepted.transferId());
  }

  @Test
  void theListHasAllTransfersSinceATimeTheLatestFirst() throws StripeException {
    gateway.transfer(wish(1));
    now.updateAndGet(at -> at.plus(Duration.ofHours(1)));
    Instant since = now.get();
    for (int n = 0; n < 105; n++) {
      gateway.transfer(new Wish(UUID.randomUUID(), 1, "acct_" + n, 8_000, "USD", ORIGIN));
    }
    TransferGateway.MadePage first = gateway.made(since, null, null);
    TransferGateway.MadePage rest = gateway.made(since, null, first.next());

    assertThat(first.transfers()).hasSize(100);
    assertThat(first.transfers().getFirst().destination()).isEqualTo("acct_104");
    assertThat(first.transfers()).allMatch(made -> ORIGIN.equals(made.origin()));
    assertThat(rest.transfers()).hasSize(5);
    assertThat(rest.transfers().getLast().destination()).isEqualTo("acct_0");
    assertThat(rest.next()).isNull();
    String last = rest.transfers().getLast().transferId();
    stripe
        .v1()
        .transfers()
        .reversals()
        .create(last, TransferReversalCreateParams.builder().build());
    assertThat(gateway.made(since, null, first.next()).transfers().getLast().reversedMinor())
        .isEqualTo(8_000);
    assertThatThrownBy(() -> gateway.made(since, null, "tr_unknown"))
        .isInstanceOf(NotReachedException.class);
  }

  @Test
  void aTransferOfOtherBusinessHasNoOrigin() throws StripeException {
    transfer(Map.of());
    transfer(Map.of("mainstay_payout", payout.toString()));
    transfer(
        Map.of(
            "mainstay_payout",
            payout.toString(),
            "mainstay_installation",
            payout.toString(),
            "mainstay_cadence",
            "weekly",
            "mainstay_period_start",
            "yesterday"));

    assertThat(gateway.made(Instant.EPOCH, null, null).transfers())
        .hasSize(2)
        .allMatch(made -> made.origin() == null);
  }

  private void transfer(Map<String, String> metadata) throws StripeException {
    stripe
        .v1()
        .transfers()
        .create(
            TransferCreateParams.builder()
                .setAmount(1L)
                .setCurrency("usd")
                .setDestination("acct_a")
                .putAllMetadata(metadata)
                .build());
  }

  @Test
  void theLedgerKnowsATransferByItsPayout() {
    gateway.transfer(wish(1));
    gateway.transfer(wish(1));

    assertThat(asked.outcomes()).containsExactly(payout + " accepted", payout + " replayed");
  }

  @Test
  void aLostReplyIsUnknownAndFoundByAsking() {
    asked.behave("{\"acceptAndLoseReply\": true, \"key\": \"acct_a\", \"calls\": 1}");

    assertThat(gateway.transfer(wish(1)))
        .as("the JDK's own client may have asked a second time")
        .satisfiesAnyOf(
            answer -> assertThat(answer).isInstanceOf(Unknown.class),
            answer -> assertThat(answer).isInstanceOf(Accepted.class));

    assertThat(gateway.find(payout)).isPresent();
    assertThat(events).hasSize(1);
  }

  @Test
  void anErrorThatDidItIsToldAgainAsStoredAndFoundByAsking() {
    asked.behave("{\"acceptAndFail\": true, \"key\": \"" + payout + "\"}");

    assertThat(gateway.transfer(wish(1))).isEqualTo(new Unknown("ApiException (500)", false));
    asked.behave("{\"reset\": true}");

    assertThat(gateway.transfer(wish(1))).isEqualTo(new Unknown("ApiException (500)", true));
    assertThat(gateway.find(payout)).isPresent();
  }

  @Test
  void anErrorThatDidNothingIsKeptForADay() {
    asked.behave("{\"fail\": true, \"calls\": 1}");

    assertThat(gateway.transfer(wish(1))).isEqualTo(new Unknown("ApiException (500)", false));
    assertThat(gateway.transfer(wish(1))).isEqualTo(new Unknown("ApiException (500)", true));
    assertThat(gateway.find(payout)).isEmpty();

    assertThat(gateway.transfer(wish(2))).isInstanceOf(Accepted.class);
    now.updateAndGet(at -> at.plus(Duration.ofHours(25)));
    assertThat(gateway.transfer(wish(1)))
        .as("forgotten, which is why the group is looked up first")
        .isInstanceOf(Accepted.class);
  }

  @Test
  void aClosedAccountIsRefusedAndNotKept() {
    asked.behave("{\"refuse\": true, \"key\": \"acct_a\"}");

    assertThat(gateway.transfer(wish(1))).isEqualTo(new Refused("resource_missing (400)"));
    asked.behave("{\"reset\": true}");

    assertThat(gateway.transfer(wish(1))).isInstanceOf(Accepted.class);
  }

  @Test
  void tooLittleMoneyIsWithheldAndKept() {
    balance("{\"currency\": \"USD\", \"available\": 7999}");

    assertThat(gateway.transfer(wish(1))).isEqualTo(new Withheld("insufficient-balance"));
    balance("{\"currency\": \"USD\", \"available\": 8000}");

    assertThat(gateway.transfer(wish(1))).isEqualTo(new Withheld("insufficient-balance"));
    assertThat(gateway.transfer(wish(2))).isInstanceOf(Accepted.class);
    assertThat(gateway.transfer(new Wish(UUID.randomUUID(), 1, "acct_b", 1, "USD", ORIGIN)))
        .isEqualTo(new Withheld("insufficient-balance"));
  }

  @Test
  void aRepeatWhileTheFirstIsAtWorkIsUnknown() {
    var repeated = new AtomicReference<TransferGateway.Answer>();
    // An event arrives in the middle of a request
    told =
        () -> {
          told = () -> {};
          repeated.set(gateway.transfer(wish(1)));
        };

    assertThat(gateway.transfer(wish(1))).isInstanceOf(Accepted.class);

    assertThat(repeated).hasValue(new Unknown("idempotency_key_in_use (409)", false));
  }

  @Test
  void notNowAndNotReachedAreNoAnswers() {
    asked.behave("{\"rateLimit\": 0}");
    assertThatThrownBy(() -> gateway.transfer(wish(1)))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("no more requests");
    assertThatThrownBy(() -> gateway.find(payout))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("cannot be asked");
    var unreached =
        new StripeTransferGateway(
            client("http://127.0.0.1:" + AskedSimulator.unusedPort()), TEST_MODE);
    assertThatThrownBy(() -> unreached.transfer(wish(1)))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("not reached");
  }

  @Test
  void aTransferOfTheOtherModePaysNobodyAndIsNeverMadeTwice() {
    var live = new StripeTransferGateway(stripe, new StripeMode(true));

    assertThat(live.transfer(wish(1)))
        .isEqualTo(new Unknown("our Stripe key is of the other mode (STRIPE_LIVEMODE)", false));
    assertThatThrownBy(() -> live.find(payout))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("STRIPE_LIVEMODE");
    assertThatThrownBy(() -> live.made(now.get().minusSeconds(1), now.get().plusSeconds(1), null))
        .isInstanceOf(NotReachedException.class)
        .hasMessageContaining("STRIPE_LIVEMODE");
  }

  private void take(SimulatedStripeEvent event) {
    events.add(event);
    told.run();
  }

  private Wish wish(int attempt) {
    return new Wish(payout, attempt, "acct_a", 8_000, "USD", ORIGIN);
  }

  private void balance(String available) {
    assertThat(asked.post("/balance", available).statusCode()).isEqualTo(204);
  }

  private static StripeClient client(String base) {
    return StripeClient.builder()
        .setApiKey("sk_test_simulated")
        .setApiBase(base)
        .setMaxNetworkRetries(0)
        .build();
  }
}
