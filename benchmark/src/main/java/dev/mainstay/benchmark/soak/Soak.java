package dev.mainstay.benchmark.soak;

import dev.mainstay.benchmark.Machine;
import dev.mainstay.benchmark.Meter;
import dev.mainstay.sandbox.Home;
import dev.mainstay.sandbox.Ports;
import dev.mainstay.sandbox.RunningDatabase;
import dev.mainstay.sandbox.Sandbox;
import dev.mainstay.sandbox.SandboxOptions;
import dev.mainstay.sandbox.Status;
import dev.mainstay.sandbox.load.EventSender;
import dev.mainstay.sandbox.load.StudentCoursePair;
import dev.mainstay.sandbox.load.Violations;
import dev.mainstay.sandbox.server.DatabaseAddress;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A sandbox of its own, begun empty and set up as it is delivered, with twice the trainers, under a
 * steady load that is sampled until its time is over or it is stopped.
 */
final class Soak implements AutoCloseable {

  private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(15);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);
  private static final int SAMPLES_A_LINE = 4;

  private final Home home;
  private final Sandbox sandbox;
  private final Status status;
  private final Connection database;
  private final WorkflowServiceStubs temporal;
  private final Ledgers ledgers;
  private final Flow purchases;
  private final Flow refunds;
  private final List<Probe> probes;
  private final List<Sample> samples = new ArrayList<>();

  private Soak(Home home, Sandbox sandbox, Status status) throws SQLException {
    this.home = home;
    this.sandbox = sandbox;
    this.status = status;
    this.database = DatabaseAddress.parse(status.databaseUrl()).connect();
    this.temporal =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(status.temporalAddress()).build());
    this.ledgers = new Ledgers(status.simulators().values());
    var collection = new ForcedCollection(ledgers);
    this.purchases = new Flow("purchase", "sessions.scheduled", database, collection);
    this.refunds = new Flow("refund", "purchase.refunded", database, collection);
    this.probes =
        List.of(
            // First, as they leave out what met the collection of the sample before
            purchases,
            refunds,
            collection,
            new ProcessProbe("JVM", () -> ProcessHandle.current().pid()),
            new ProcessProbe("Temporal", () -> pids().flatMap(Soak::temporal).orElse(null)),
            new DatabaseProbe(database),
            new TemporalProbe(
                WorkflowClient.newInstance(temporal),
                database,
                home.data().resolve("temporal.db")));
  }

  /** Starts one in a home whose data it deletes. */
  static Soak start(Home home) throws SQLException {
    var options = SandboxOptions.on(Ports.free()).startingEmpty();
    var sandbox = new Sandbox(home, options, System.out::println);
    return new Soak(home, sandbox, sandbox.start());
  }

  /**
   * Sends, samples, and waits until everything that was acknowledged is complete.
   *
   * @param rate payments a second
   * @param stopped ends it before its time
   */
  SoakReport run(String command, Duration time, double rate, CountDownLatch stopped)
      throws SQLException, IOException, InterruptedException {
    var sender =
        new EventSender(
            URI.create(status.api() + "/api/v1/webhooks/stripe"), status.stripeWebhookSecret());
    doubleTrainers();
    List<StudentCoursePair> pairs =
        StudentCoursePair.find(database, (int) Math.ceil(rate * time.toSeconds()));
    Meter before = Meter.read(status, database);
    long begun = System.nanoTime();
    Duration took;
    try (var traffic = new Traffic(sender, pairs, rate, purchases, refunds)) {
      traffic.start();
      sample(begun, time, stopped);
      took = Duration.ofNanos(System.nanoTime() - begun);
    }
    Optional<Meter> spent = spentSince(before);
    awaitComplete();
    return new SoakReport(
        Machine.describe(),
        database.getMetaData().getDatabaseProductVersion(),
        LocalDate.now(ZoneOffset.UTC),
        command,
        rate,
        took,
        spent.map(Meter::ownShare),
        spent.map(Meter::othersShare),
        outcome(purchases),
        outcome(refunds),
        sender.refused(),
        Violations.find(database),
        Verdict.of(samples),
        samples);
  }

  private void sample(long begun, Duration time, CountDownLatch stopped)
      throws SQLException, IOException, InterruptedException {
    long rounds = time.dividedBy(BETWEEN_SAMPLES);
    for (long round = 1; round <= rounds; round++) {
      long due = begun + round * BETWEEN_SAMPLES.toNanos();
      if (stopped.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        return;
      }
      var sample = new Sample();
      for (Probe probe : probes) {
        probe.read(sample);
      }
      samples.add(sample);
      if (round % SAMPLES_A_LINE == 0) {
        System.out.printf(
            "%3d min: %,d payments and %,d refunds acknowledged%n",
            Duration.ofNanos(System.nanoTime() - begun).toMinutes(),
            purchases.countAcknowledged(),
            refunds.countAcknowledged());
      }
    }
  }

  private void awaitComplete() throws SQLException, InterruptedException {
    int before = Integer.MAX_VALUE;
    long since = System.nanoTime();
    while (true) {
      purchases.look();
      refunds.look();
      int open = purchases.open().size() + refunds.open().size();
      if (open < before) {
        before = open;
        since = System.nanoTime();
      }
      if (open == 0 || System.nanoTime() - since > STALLED_AFTER.toNanos()) {
        return;
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private static SoakReport.Outcome outcome(Flow flow) {
    return new SoakReport.Outcome(flow.countAcknowledged(), flow.countLost(), flow.open());
  }

  /** Empty if a server was started again meanwhile. */
  private Optional<Meter> spentSince(Meter before) throws SQLException {
    if (!pids().equals(Optional.ofNullable(status.pids()))) {
      return Optional.empty();
    }
    return Optional.of(Meter.read(status, database).since(before));
  }

  /** The demo data's have places for 20,000 purchases, fewer than half an hour brings. */
  private void doubleTrainers() throws SQLException {
    try (var owner = new RunningDatabase(home).owner().connect();
        var statement = owner.createStatement()) {
      statement.execute(
          """
          insert into vendor (id, name, email, phone, locale, zone, cadence, currency)
          select md5(v.id::text)::uuid, v.name, v.email, v.phone, v.locale, v.zone, v.cadence, v.currency
          from vendor v;
          insert into trainer (vendor_id, capacity) select md5(t.vendor_id::text)::uuid, t.capacity from trainer t;
          insert into trainer_course (course_id, trainer_id) select c.course_id, md5(c.trainer_id::text)::uuid from trainer_course c;
          """);
    }
  }

  private Optional<Status.Pids> pids() {
    return Status.of(home).map(Status::pids);
  }

  private static Optional<Long> temporal(Status.Pids pids) {
    return Optional.ofNullable(pids.temporal());
  }

  @Override
  public void close() throws SQLException {
    ledgers.close();
    temporal.shutdownNow();
    database.close();
    sandbox.close();
  }
}
