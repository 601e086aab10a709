package dev.mainstay.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.sandbox.InSandbox.Setting;
import dev.mainstay.sandbox.server.DatabaseAddress;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A payroll of a thousand vendors while a tenth of Stripe's replies are lost, its worker host is
 * killed by -9 twice and Temporal once: everybody is paid, and nobody twice. One seed, or as many
 * as the property {@code mainstay.faults.seeds} gives. It pays a thousand vendors, so that there is
 * time to kill something three times: that takes a minute and a half.
 */
@Tag("faults")
@InSandbox(Setting.HOST_OUTSIDE)
class PayrollFaultsEndToEndTest {

  private static final int VENDORS = 1_000;

  /** Net, in minor units; each vendor has delivered twice. */
  private static final long PAID = 2 * 8_000;

  private static final Duration MINUTES = Duration.ofMinutes(8);

  static Home home;
  static Kills kills;
  static Status status;
  static Payrolls payrolls;
  static Marketplace marketplace;

  static LongStream seeds() {
    return LongStream.rangeClosed(1, Integer.getInteger("mainstay.faults.seeds", 1));
  }

  @BeforeAll
  static void in(SharedSandbox sandbox) {
    home = sandbox.home();
    kills = new Kills(home);
    status = sandbox.status();
    marketplace = sandbox.marketplace();
    payrolls = new Payrolls(marketplace, status);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everybodyIsPaidAndNobodyTwice(long seed) throws Exception {
    Random random = new Random(seed);
    LocalDate week = LocalDate.of(2023, 1, 2).plusWeeks(seed);
    deliver(week);
    loseReplies(random);
    List<Runnable> deaths =
        new ArrayList<>(List.of(kills::workerHost, kills::workerHost, kills::temporal));
    Collections.shuffle(deaths, random);
    int before = made();

    String run = payrolls.ask(Payrolls.WEEKLY, week).at("/id").asString();
    for (int moment : random.ints(deaths.size(), 1, VENDORS * 9 / 10).sorted().toArray()) {
      await().atMost(MINUTES).until(() -> made() - before >= moment);
      deaths.removeFirst().run();
    }

    await().atMost(MINUTES).ignoreExceptions().until(() -> status(run), "completed"::equals);
    Map<UUID, Long> paid = paid(run);
    assertThat(paid).hasSize(VENDORS).allSatisfy((_, minor) -> assertThat(minor).isEqualTo(PAID));
    Map<UUID, List<String>> transfers = payrolls.transfers();
    assertThat(paid)
        .allSatisfy((payout, minor) ->
            assertThat(transfers.get(payout))
                .singleElement()
                .asString()
                .startsWith(minor + " usd acct_fault"));
    marketplace.assertNothingViolated();
  }

  /** The same vendors in each week. */
  private static void deliver(LocalDate week) throws SQLException {
    try (var connection = new RunningDatabase(home).getConnection();
        var vendors =
            connection.prepareStatement(
                """
                insert into vendor (id, name, email, locale, zone, cadence, currency, payout_account)
                select gen_random_uuid(), 'Faulty ' || n, 'fault' || n || '@example.com', 'en', 'UTC', 'weekly', 'USD', 'acct_fault' || n
                from generate_series(1, ?) n
                where not exists (select from vendor where payout_account = 'acct_fault1')\
                """);
        var deliveries =
            connection.prepareStatement(
                """
                with delivery as (
                  insert into booking (customer_id, vendor_id, service, starts_at, zone, price_minor, currency, status, paid_at,
                                       delivered_at, imported, client, correlation_id)
                  select (select id from customer limit 1), v.id, 'Piano lesson', t.at, 'UTC', 10000, 'USD', 'completed', t.at, t.at, true,
                         'test', 'test'
                  from vendor v
                  cross join lateral (select (?::date + n) at time zone 'UTC' from generate_series(1, 2) n) t (at)
                  where v.payout_account like 'acct_fault%'
                  returning *)
                select record_earning(vendor_id, 'booking', id, price_minor, currency, delivered_at, 20, 'test') from delivery\
                """)) {
      vendors.setInt(1, VENDORS);
      vendors.executeUpdate();
      deliveries.setString(1, week.toString());
      deliveries.execute();
    }
  }

  /** Of a tenth of the accounts. */
  private static void loseReplies(Random random) throws IOException, InterruptedException {
    payrolls.behave("{\"reset\": true}");
    for (int account : random.ints(1, VENDORS + 1).distinct().limit(VENDORS / 10).toArray()) {
      payrolls.behave("{\"acceptAndLoseReply\": true, \"key\": \"acct_fault" + account + "\"}");
    }
  }

  /** How many transfers there are. */
  private static int made() throws IOException, InterruptedException {
    return payrolls.transfers().size();
  }

  private static String status(String run) throws SQLException {
    try (var connection = DatabaseAddress.parse(status.databaseUrl()).connect();
        var query =
            connection.prepareStatement("select status from payroll_run where id = ?::uuid")) {
      query.setString(1, run);
      try (var rows = query.executeQuery()) {
        rows.next();
        return rows.getString(1);
      }
    }
  }

  /** The amount of each paid payout of a run, in minor units. */
  private static Map<UUID, Long> paid(String run) throws SQLException {
    try (var connection = DatabaseAddress.parse(status.databaseUrl()).connect();
        var query =
            connection.prepareStatement(
                "select id, amount_minor from payout where run_id = ?::uuid and status = 'paid'")) {
      query.setString(1, run);
      var paid = new TreeMap<UUID, Long>();
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          paid.put(rows.getObject(1, UUID.class), rows.getLong(2));
        }
      }
      return paid;
    }
  }
}
