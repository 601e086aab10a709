package dev.mainstay.benchmark.payroll;

import dev.mainstay.benchmark.HeapPeak;
import dev.mainstay.benchmark.Meter;
import dev.mainstay.sandbox.Home;
import dev.mainstay.sandbox.Ports;
import dev.mainstay.sandbox.RunningDatabase;
import dev.mainstay.sandbox.Sandbox;
import dev.mainstay.sandbox.SandboxOptions;
import dev.mainstay.sandbox.Status;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sandbox of its own, durable like any, in which weeks are frozen and paid one after the other.
 */
final class PayrollBench implements AutoCloseable {

  /** Frozen, and not yet paid. */
  private static final Set<String> FROZEN = Set.of("frozen", "paying", "paused", "completed");

  /** Checked, and about to be paid. */
  private static final Set<String> PAYING = Set.of("paying");

  private static final Set<String> OVER = Set.of("completed");
  private static final Duration AT_MOST = Duration.ofHours(1);
  private static final long LOOK_EVERY_MILLIS = 20;

  private final Sandbox sandbox;
  private final Status status;
  private final Connection owner;
  private final Deliveries deliveries;
  private final OneStatement reference;
  private final HttpClient http = HttpClient.newHttpClient();

  /** A Monday; each round takes the next one, as a period is run once. */
  private LocalDate week = LocalDate.of(2024, 1, 1);

  private PayrollBench(Home home, Sandbox sandbox, Status status) throws SQLException {
    this.sandbox = sandbox;
    this.status = status;
    this.owner = new RunningDatabase(home).owner().connect();
    this.deliveries = new Deliveries(owner);
    this.reference = new OneStatement(owner);
  }

  /** A bench that freezes and pays nothing: no host serves the queue of transfers. */
  static PayrollBench freezing(Home home) throws SQLException {
    return start(home, "mainstay.worker.queues", "processes,bulk");
  }

  /**
   * A bench that pays.
   *
   * @param limit transfers a second
   */
  static PayrollBench paying(Home home, int limit) throws SQLException {
    return start(home, "mainstay.payroll.transfers-per-second", String.valueOf(limit));
  }

  private static PayrollBench start(Home home, String key, String value) throws SQLException {
    Sandbox sandbox =
        new Sandbox(home, SandboxOptions.on(Ports.free()).startingEmpty(), System.out::println);
    System.setProperty(key, value);
    try {
      return new PayrollBench(home, sandbox, sandbox.start());
    } finally {
      System.clearProperty(key);
    }
  }

  FreezeRound freeze(int vendors, int each) throws Exception {
    deliveries.make(vendors, each, week);
    Duration sums = reference.sums(week);
    Duration settle = reference.settle(week);
    try (var heap = HeapPeak.watch()) {
      Meter before = Meter.read(status, owner);
      long begun = System.nanoTime();
      UUID run = ask();
      await(run, FROZEN);
      Duration freeze = Duration.ofNanos(System.nanoTime() - begun);
      Meter spent = Meter.read(status, owner).since(before);
      long heapBytes = heap.bytes();
      await(run, PAYING);
      requireAllFrozen(run, vendors, vendors * each);
      return new FreezeRound(vendors, vendors * each, freeze, settle, sums, heapBytes, spent);
    }
  }

  PayRound pay(int payouts, int limit) throws Exception {
    deliveries.make(payouts, 1, week);
    int asked = ledger(0).at("/total").asInt();
    Meter before = Meter.read(status, owner);
    long begun = System.nanoTime();
    await(ask(), OVER);
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    Meter spent = Meter.read(status, owner).since(before);
    return new PayRound(payouts, limit, perSecond(transfers(asked), payouts), took, spent);
  }

  /** Requests the next week's run, as a person in finance does. */
  private UUID ask() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(status.api() + "/api/v1/payroll/weekly/" + week + "/runs"))
                .header(
                    "Authorization",
                    "Bearer " + Objects.requireNonNull(status.keys().get("finance")))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 202) {
      throw new IllegalStateException(answer.body());
    }
    week = week.plusWeeks(1);
    return UUID.fromString(JsonMapper.shared().readTree(answer.body()).at("/id").asString());
  }

  private void await(UUID run, Set<String> wanted) throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    try (var query = owner.prepareStatement("select status from payroll_run where id = ?")) {
      query.setObject(1, run);
      while (true) {
        try (var rows = query.executeQuery()) {
          rows.next();
          if (wanted.contains(rows.getString(1))) {
            return;
          }
          if (System.nanoTime() - begun > AT_MOST.toNanos()) {
            throw new IllegalStateException("Still " + rows.getString(1) + " after " + AT_MOST);
          }
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
      }
    }
  }

  /** A freeze that left something out would be a fast one. */
  private void requireAllFrozen(UUID run, int payouts, int earnings) throws SQLException {
    try (var query =
        owner.prepareStatement(
            """
            select count(*) filter (where p.status <> 'carried'), coalesce(sum(e.settled), 0)
            from payout p
            left join lateral (select count(*) as settled from earning e where e.payout_id = p.id) e on true
            where p.run_id = ?\
            """)) {
      query.setObject(1, run);
      try (var rows = query.executeQuery()) {
        rows.next();
        if (rows.getInt(1) != payouts || rows.getInt(2) != earnings) {
          throw new IllegalStateException(
              "%d payouts of %d earnings are frozen, not %d of %d"
                  .formatted(rows.getInt(1), rows.getInt(2), payouts, earnings));
        }
      }
    }
  }

  /** When the simulator accepted each transfer since it had been asked so often, in order. */
  private List<Instant> transfers(int after) throws IOException, InterruptedException {
    return ledger(after)
        .at("/items")
        .valueStream()
        .filter(item ->
            item.at("/operation").asString().equals("POST /v1/transfers")
                && item.at("/outcome").asString().equals("accepted"))
        .map(item -> Instant.parse(item.at("/at").asString()))
        .sorted()
        .toList();
  }

  private static double perSecond(List<Instant> transfers, int wanted) {
    if (transfers.size() != wanted) {
      throw new IllegalStateException(
          "The simulator made %d transfers, not %d".formatted(transfers.size(), wanted));
    }
    Instant from = transfers.getFirst().plusSeconds(1);
    long counted = transfers.stream().filter(at -> at.isAfter(from)).count();
    return counted * 1e9 / Duration.between(from, transfers.getLast()).toNanos();
  }

  private JsonNode ledger(int after) throws IOException, InterruptedException {
    String base = Objects.requireNonNull(status.simulators().get("stripe"));
    return JsonMapper.shared()
        .readTree(
            http.send(
                    HttpRequest.newBuilder(URI.create(base + "/ledger?after=" + after)).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
  }

  @Override
  public void close() throws SQLException {
    owner.close();
    sandbox.close();
  }
}
