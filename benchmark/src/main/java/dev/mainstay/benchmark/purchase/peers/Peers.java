package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.Machine;
import dev.mainstay.sandbox.Home;
import dev.mainstay.sandbox.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** All engines in turn, round by round, after a short one that is not measured. */
public final class Peers {

  private static final Path RESULTS = Path.of("benchmark/results/purchase-peers.json");
  private static final Path PAGE = Path.of("docs/performance.md");

  /** A run for each purchase takes long, and a second of it says as much as a minute. */
  private static final int FEW = 500;

  private final Home home;
  private final int purchases;
  private final int rounds;
  private final List<PeerRound> measured = new ArrayList<>();

  /**
   * In a home whose data it deletes.
   *
   * @param purchases of each engine in each round; fewer where a purchase takes long
   */
  public Peers(Home home, int purchases, int rounds) {
    this.home = home;
    this.purchases = purchases;
    this.rounds = rounds;
  }

  /** Measures, prints, and writes what counts. */
  public void run() throws Exception {
    try (BenchDatabase database = BenchDatabase.start(home, Ports.free().postgres())) {
      round(database, Math.max(1, purchases / 4));
      measured.clear();
      for (int round = 1; round <= rounds; round++) {
        round(database, purchases);
        System.out.printf("round %d of %d measured%n", round, rounds);
      }
      try (Stage stage = Stage.start(home, database, 50, true)) {
        measure(stage, () -> stage.mainstay(Mainstay.TELLING, purchases), purchases);
      }
      report(database.version());
    }
  }

  private void round(BenchDatabase database, int number) throws Exception {
    try (Stage stage = Stage.start(home, database, 50, false)) {
      measure(stage, stage::plainTransactions, number);
      measure(stage, stage::plainBatches, number);
      measure(stage, () -> stage.mainstay(Mainstay.FLOOD, number), number);
      measure(stage, stage::dbScheduler, number);
      measure(stage, stage::jobRunr, number);
      measure(stage, stage::dbos, number);
      measure(stage, stage::temporalPort, number);
    }
    try (Stage stage = Stage.start(home, database, 1, false)) {
      measure(stage, () -> stage.mainstay(Mainstay.ONE_BY_ONE, FEW), number);
    }
  }

  private void measure(Stage stage, Stage.Opening opening, int number) throws Exception {
    PeerRound round = stage.measure(opening, number);
    measured.add(round);
    System.out.printf(
        "%-40s %6d: %6.0f a second%s%n",
        round.engine(),
        round.purchases(),
        round.perSecond(),
        round.counts()
            ? ""
            : ", others had %.0f %% of the machine".formatted(100 * round.spent().othersShare()));
  }

  private void report(String postgres) throws IOException, SQLException {
    var report =
        new PeerReport(
            Machine.describe(),
            postgres,
            LocalDate.now(ZoneOffset.UTC),
            "./mainstay bench purchase --peers --purchases %d --rounds %d"
                .formatted(purchases, rounds),
            measured);
    System.out.println();
    System.out.println(report.table());
    Files.createDirectories(RESULTS.getParent());
    Files.writeString(
        RESULTS,
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(report));
    System.out.println("Written to " + RESULTS);
    if (report.counts()) {
      Files.writeString(PAGE, report.page());
      System.out.println("Written to " + PAGE);
    } else {
      System.out.println(
          "This run does not count: others used the machine. " + PAGE + " stays as it was.");
    }
  }
}
