package dev.mainstay.sandbox;

import static dev.mainstay.sandbox.Payrolls.WEEKLY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.Payrolls.Payout;
import dev.mainstay.sandbox.server.DatabaseAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Payroll as finance sees it over REST, and as Stripe does in its ledger. Each test has periods of
 * its own; the payroll zone has daylight saving. It takes long because each payroll is a run
 * through Temporal, Stripe and mail.
 */
@InSandbox(Setting.HOST_INSIDE)
class PayrollEndToEndTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

  static Status status;
  static Marketplace marketplace;
  static Payrolls payrolls;

  @BeforeAll
  static void in(SharedSandbox sandbox) throws Exception {
    status = sandbox.status();
    marketplace = sandbox.marketplace();
    payrolls = new Payrolls(marketplace, status);
    // This might be a Monday at 08:00
    for (String schedule : List.of("payroll-weekly", "payroll-monthly")) {
      await()
          .atMost(SOON)
          .untilAsserted(() ->
              assertThat(
                      marketplace
                          .post(
                              "/schedules/" + schedule + "/pause",
                              "{\"reason\":\"runs are asked for by hand\"}")
                          .statusCode())
                  .isEqualTo(200));
    }
  }

  @AfterEach
  void nothingIsViolated() throws Exception {
    payrolls.behave("{\"reset\": true}");
    marketplace.assertNothingViolated();
  }

  /** The worked example of the specification. */
  @Test
  void twoArePaidOneIsCarriedAndNextWeekPaidForBoth() throws Exception {
    LocalDate week = LocalDate.of(2024, 1, 8);
    UUID a = payrolls.vendor(WEEKLY, "USD");
    UUID b = payrolls.vendor(WEEKLY, "USD");
    UUID c = payrolls.vendor(WEEKLY, "USD");
    deliver(5, a, 20_000, week);
    deliver(2, b, 30_000, week);
    deliver(1, c, 4_000, week);

    JsonNode preview = payrolls.preview(WEEKLY, week);
    JsonNode run = payrolls.run(WEEKLY, week);

    assertThat(preview.at("/totals"))
        .singleElement()
        .hasToString(
            """
            {"currency":"USD","pays":2,"paysMinor":128000,"carries":1,"carriesMinor":3200}\
            """);
    assertThat(run.at("/totals").valueStream().map(JsonNode::toString))
        .containsExactly(
            """
            {"currency":"USD","status":"carried","payouts":1,"amountMinor":3200}\
            """,
            """
            {"currency":"USD","status":"paid","payouts":2,"amountMinor":128000}\
            """);
    assertThat(run.at("/hash").asString()).isEqualTo(preview.at("/hash").asString());
    assertThat(payrolls.texts(a)).containsExactly("paid 80000 USD");
    assertThat(payrolls.texts(b)).containsExactly("paid 48000 USD");
    assertThat(payrolls.texts(c)).containsExactly("carried 3200 USD below-minimum");
    assertPaidOnce(a, "80000 usd");
    assertPaidOnce(b, "48000 usd");

    LocalDate next = week.plusWeeks(1);
    deliver(1, c, 4_000, next);
    payrolls.run(WEEKLY, next);

    assertThat(payrolls.texts(c))
        .containsExactly("carried 3200 USD below-minimum", "paid 6400 USD");
    assertPaidOnce(c, "6400 usd");
    assertThat(earnings(c)).hasSize(2).containsOnlyKeys(noon(week), noon(next));
    assertThat(payrolls.payouts(a)).hasSize(1);
  }

  @Test
  void whoIsPaidGetsAReceiptByMailAndFindsItOverRest() throws Exception {
    LocalDate week = LocalDate.of(2024, 9, 16);
    UUID vendor = payrolls.vendor(WEEKLY, "USD");
    deliver(2, vendor, 10_000, week);

    payrolls.run(WEEKLY, week);

    JsonNode payout = marketplace.get("/payouts?vendor=" + vendor).at("/items/0");
    assertThat(payout.at("/status").asString()).isEqualTo("paid");
    String link = "/payouts/" + payout.at("/id").asString();
    assertThat(marketplace.get(link).at("/earnings")).hasSize(2);
    HttpResponse<byte[]> receipt =
        marketplace.look(link + "/receipt.pdf", HttpResponse.BodyHandlers.ofByteArray());
    assertThat(receipt.statusCode()).isEqualTo(200);
    assertThat(receipt.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(new String(receipt.body(), 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(
                    marketplace.ledger(
                        requireNonNull(status.simulators().get("smtp")), Payrolls.email(vendor)))
                .filteredOn(line -> line.endsWith(" accepted"))
                .hasSize(1));
  }

  @Test
  void aClosedAccountFailsItsPayoutAloneUntilAnOperatorMovesItOn() throws Exception {
    LocalDate week = LocalDate.of(2024, 9, 30);
    UUID closed = payrolls.vendor(WEEKLY, "USD");
    UUID given = payrolls.vendor(WEEKLY, "USD");
    UUID open = payrolls.vendor(WEEKLY, "USD");
    for (UUID vendor : List.of(closed, given, open)) {
      deliver(1, vendor, 10_000, week);
    }
    refuse(closed);
    refuse(given);

    payrolls.run(WEEKLY, week);

    assertThat(payrolls.texts(open)).containsExactly("paid 8000 USD");
    assertThat(payrolls.texts(closed)).singleElement().asString().startsWith("failed 8000 USD");
    payrolls.behave("{\"reset\": true}");
    act(closed, "retry");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(payrolls.texts(closed)).containsExactly("paid 8000 USD"));
    assertPaidOnce(closed, "8000 usd");
    act(given, "cancel");
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(payrolls.texts(given)).singleElement().asString().startsWith("cancelled"));

    payrolls.run(WEEKLY, week.plusWeeks(1));

    assertThat(payrolls.texts(given)).last().isEqualTo("paid 8000 USD");
    assertPaidOnce(given, "8000 usd");
  }

  @Test
  void tooLittleMoneyPausesTheRunWithOneItemForAll() throws Exception {
    LocalDate week = LocalDate.of(2024, 11, 11);
    List<UUID> vendors = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      vendors.add(payrolls.vendor(WEEKLY, "USD"));
      deliver(1, vendors.getLast(), 10_000, week);
    }
    payrolls.haveAvailable("USD", 2 * 8_000L);

    String run = payrolls.ask(WEEKLY, week).at("/id").asString();
    JsonNode paused = payrolls.await(WEEKLY, week, run, "paused");

    assertThat(paused.at("/pauseReason").asString()).isEqualTo("insufficient-balance");
    List<JsonNode> items =
        await()
            .atMost(SOON)
            .until(
                () ->
                    marketplace
                        .get("/attention?process=payroll")
                        .at("/items")
                        .valueStream()
                        .toList(),
                open -> !open.isEmpty());
    assertThat(items)
        .singleElement()
        .extracting(
            item -> item.at("/businessKey").asString(), item -> item.at("/reason").asString())
        .containsExactly("payroll/weekly/" + week, "insufficient-balance");
    payrolls.haveAvailable("USD", null);
    HttpResponse<String> retried =
        marketplace.post(
            "/attention/" + items.getFirst().at("/id").asString() + "/retry",
            "{\"reason\":\"filled up\"}");
    assertThat(retried.statusCode()).as(retried.body()).isEqualTo(200);

    payrolls.await(WEEKLY, week, run, "completed");
    for (UUID vendor : vendors) {
      assertThat(payrolls.texts(vendor)).containsExactly("paid 8000 USD");
      assertPaidOnce(vendor, "8000 usd");
    }
  }

  @Test
  void theScheduleRunsTheLastWeekThatHasEnded() throws Exception {
    LocalDate week =
        LocalDate.now(ZONE).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(1);
    UUID vendor = payrolls.vendor(WEEKLY, "JPY");
    payrolls.deliver(vendor, 10_000, "JPY", noon(week));

    // 503 says that the same request will do later
    int answer =
        await()
            .atMost(SOON)
            .until(
                () ->
                    marketplace
                        .post("/workers/payroll-weekly/trigger", "{\"reason\":\"by its schedule\"}")
                        .statusCode(),
                status -> status != 503);

    assertThat(answer).isIn(200, 202);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(payrolls.payouts(vendor))
                .extracting(Payout::periodStart, Payout::status)
                .containsExactly(tuple(week, "paid")));
    assertPaidOnce(vendor, "8000 jpy");
  }

  private static void deliver(int times, UUID vendor, long priceMinor, LocalDate day)
      throws Exception {
    for (int i = 0; i < times; i++) {
      payrolls.deliver(vendor, priceMinor, "USD", noon(day));
    }
  }

  private static Instant noon(LocalDate day) {
    return day.atTime(LocalTime.NOON).atZone(ZONE).toInstant();
  }

  private static void refuse(UUID vendor) throws Exception {
    payrolls.behave("{\"refuse\": true, \"key\": \"" + Payrolls.account(vendor) + "\"}");
  }

  /** Takes an operator's action on a vendor's only open attention item. */
  private static void act(UUID vendor, String action) throws Exception {
    String payout = payrolls.payouts(vendor).getLast().id().toString();
    JsonNode item =
        await()
            .atMost(SOON)
            .until(
                () ->
                    marketplace
                        .get("/attention?process=payout")
                        .at("/items")
                        .valueStream()
                        .filter(open -> open.at("/businessKey").asString().endsWith(payout))
                        .toList(),
                open -> open.size() == 1)
            .getFirst();
    HttpResponse<String> answer =
        marketplace.post(
            "/attention/" + item.at("/id").asString() + "/" + action, "{\"reason\":\"test\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static void assertPaidOnce(UUID vendor, String amount) throws Exception {
    UUID paid =
        payrolls.payouts(vendor).stream()
            .filter(payout -> payout.status().equals("paid"))
            .map(Payout::id)
            .reduce((_, last) -> last)
            .orElseThrow();
    assertThat(payrolls.transfers().get(paid))
        .containsExactly(amount + " " + Payrolls.account(vendor));
  }

  /** The period that pays each of a vendor's earnings, by when it was delivered. */
  private static Map<Instant, String> earnings(UUID vendor) throws SQLException {
    try (var connection = DatabaseAddress.parse(status.databaseUrl()).connect();
        var query =
            connection.prepareStatement(
                """
                select e.earned_at, coalesce(p.period_start::text, 'unsettled')
                from earning e
                left join payout p on p.id = e.payout_id
                where e.vendor_id = ?\
                """)) {
      query.setObject(1, vendor);
      var periods = new TreeMap<Instant, String>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          periods.put(rows.getObject(1, OffsetDateTime.class).toInstant(), rows.getString(2));
        }
      }
      return periods;
    }
  }
}
