package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.sandbox.demo.DemoData;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.simulator.Form;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Vendors who deliver, and the payroll that pays them, requested over REST by finance. */
final class Payrolls {

  static final String WEEKLY = "weekly";

  private static final Duration SOON = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Marketplace marketplace;
  private final Status status;

  Payrolls(Marketplace marketplace, Status status) {
    this.marketplace = marketplace;
    this.status = status;
  }

  /** A payout as text: {@code paid 80000 USD}, with the reason of one that is not paid. */
  record Payout(UUID id, LocalDate periodStart, String status, String text) {}

  /** A new one who can be paid. */
  UUID vendor(String cadence, String currency) throws IOException, InterruptedException {
    UUID id = UUID.randomUUID();
    put(id, cadence, currency, account(id));
    return id;
  }

  /** Creates or changes a vendor; a vendor without an account cannot be paid. */
  void put(UUID id, String cadence, String currency, @Nullable String account)
      throws IOException, InterruptedException {
    marketplace.put(
        "/vendors/" + id,
        """
        {"name":"Vera Vendor","email":"%s","locale":"en","zone":"UTC","cadence":"%s","currency":"%s"%s}\
        """
            .formatted(
                email(id),
                cadence,
                currency,
                account == null ? "" : ",\"payoutAccount\":\"" + account + "\""));
  }

  static String account(UUID vendor) {
    return "acct_" + vendor.toString().replace("-", "");
  }

  static String email(UUID vendor) {
    return "vendor-" + vendor + "@example.com";
  }

  /** A booking that was paid, and delivered then. */
  void deliver(UUID vendor, long priceMinor, String currency, Instant at)
      throws IOException, InterruptedException {
    HttpResponse<String> booked =
        marketplace.post(
            "/bookings",
            """
            {"vendorId":"%s","customerId":"%s","service":"Piano lesson","startsAt":"%s","zone":"UTC",
             "priceMinor":%d,"currency":"%s","imported":true}\
            """
                .formatted(
                    vendor, DemoData.id(DemoData.SEED, "student", 0), at, priceMinor, currency));
    assertThat(booked.statusCode()).as(booked.body()).isEqualTo(202);
    String booking = JsonMapper.shared().readTree(booked.body()).at("/id").asString();
    HttpResponse<String> paid = marketplace.post("starter", "/bookings/" + booking + "/pay", "{}");
    assertThat(paid.statusCode()).as(paid.body()).isEqualTo(200);
    HttpResponse<String> completed =
        marketplace.post("/bookings/" + booking + "/complete", "{\"deliveredAt\":\"" + at + "\"}");
    assertThat(completed.statusCode()).as(completed.body()).isEqualTo(200);
  }

  static String path(String cadence, LocalDate periodStart) {
    return "/payroll/" + cadence + "/" + periodStart;
  }

  JsonNode preview(String cadence, LocalDate periodStart) throws IOException, InterruptedException {
    return marketplace.get(path(cadence, periodStart) + "/preview");
  }

  /** Why this week's preview says that a vendor's account cannot be paid; empty if it can. */
  String accountProblem(UUID vendor) throws IOException, InterruptedException {
    LocalDate monday =
        LocalDate.now(ZoneOffset.UTC).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    UUID before = new UUID(vendor.getMostSignificantBits(), vendor.getLeastSignificantBits() - 1);
    JsonNode item =
        marketplace.get(path(WEEKLY, monday) + "/preview?limit=1&after=" + before).at("/items/0");
    assertThat(item.path("vendorId").asString()).isEqualTo(vendor.toString());
    return item.path("accountProblem").asString("");
  }

  /** Asks for a run; the answer, with its id. */
  JsonNode ask(String cadence, LocalDate periodStart) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        marketplace.post("finance", path(cadence, periodStart) + "/runs", "");
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 202);
    return JsonMapper.shared().readTree(answer.body());
  }

  /** A run that has ended. */
  JsonNode run(String cadence, LocalDate periodStart) throws IOException, InterruptedException {
    return await(cadence, periodStart, ask(cadence, periodStart).at("/id").asString(), "completed");
  }

  JsonNode await(String cadence, LocalDate periodStart, String run, String wanted) {
    return Awaitility.await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () -> marketplace.get(path(cadence, periodStart) + "/runs/" + run),
            found -> found.at("/status").asString().equals(wanted));
  }

  /** A vendor's payouts, by period. */
  List<Payout> payouts(UUID vendor) throws SQLException {
    try (var connection = DatabaseAddress.parse(status.databaseUrl()).connect();
        var query =
            connection.prepareStatement(
                """
                select id, period_start, status, concat_ws(' ', status, amount_minor, trim(currency), reason)
                from payout
                where vendor_id = ?
                order by period_start, cadence\
                """)) {
      query.setObject(1, vendor);
      var payouts = new ArrayList<Payout>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          payouts.add(
              new Payout(
                  rows.getObject(1, UUID.class),
                  rows.getObject(2, LocalDate.class),
                  rows.getString(3),
                  rows.getString(4)));
        }
      }
      return payouts;
    }
  }

  /** The same as text alone. */
  List<String> texts(UUID vendor) throws SQLException {
    return payouts(vendor).stream().map(Payout::text).toList();
  }

  /**
   * What Stripe's simulator really sent, by payout.
   *
   * @return as {@code 80000 usd acct_…}, once for each transfer
   */
  Map<UUID, List<String>> transfers() throws IOException, InterruptedException {
    var transfers = new TreeMap<UUID, List<String>>();
    for (JsonNode item : ledger("").at("/items")) {
      if (item.at("/operation").asString().equals("POST /v1/transfers")
          && item.at("/outcome").asString().equals("accepted")) {
        Form form = Form.parse(item.at("/request").asString());
        transfers
            .computeIfAbsent(
                UUID.fromString(requireNonNull(form.value("transfer_group"))),
                _ -> new ArrayList<>())
            .add(
                form.value("amount")
                    + " "
                    + form.value("currency")
                    + " "
                    + form.value("destination"));
      }
    }
    return transfers;
  }

  JsonNode ledger(String query) throws IOException, InterruptedException {
    return JsonMapper.shared()
        .readTree(
            http.send(
                    HttpRequest.newBuilder(URI.create(stripe() + "/ledger" + query)).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
  }

  /** Turns the dial of Stripe's simulator. */
  void behave(String behaviour) throws IOException, InterruptedException {
    marketplace.behave(stripe(), behaviour);
  }

  /** How much the platform has at Stripe's simulator, in minor units; null for always enough. */
  void haveAvailable(String currency, @Nullable Long minor)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(stripe() + "/balance"))
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"currency\":\"%s\",\"available\":%s}".formatted(currency, minor)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
  }

  private String stripe() {
    return requireNonNull(status.simulators().get("stripe"));
  }
}
