package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.benchmark.Machine;
import dev.mainstay.sandbox.Home;
import dev.mainstay.sandbox.Ports;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All engines in turn, round by round, after a short one that is not measured. */
public final class Peers {

  private static final PeerResults RESULTS =
      new PeerResults(Path.of("benchmark/results"), Path.of("docs/performance.md"));

  /** A run for each purchase takes long, and a second of it says as much as a minute. */
  private static final int FEW = 500;

  private final Home home;
  private final int purchases;
  private final int rounds;
  private final Set<TemporalStore> stores;

  /**
   * In a home whose data it deletes.
   *
   * @param purchases of each engine in each round; fewer where a purchase takes long
   * @param stores what Temporal keeps its runs in: a table for each
   */
  public Peers(Home home, int purchases, int rounds, Set<TemporalStore> stores) {
    this.home = home;
    this.purchases = purchases;
    this.rounds = rounds;
    this.stores = stores;
  }

  /** Measures, prints, and writes what counts. */
  public void run() throws Exception {
    if (stores.contains(TemporalStore.POSTGRES)) {
      TemporalOnPostgres.build(System.out::println);
    }
    try (BenchDatabase database = BenchDatabase.start(home, Ports.free().postgres())) {
      var tables = new ArrayList<PeerTable>();
      for (TemporalStore store : stores) {
        System.out.printf("With %s%n", store.server());
        List<PeerRound> measured =
            switch (store) {
              case FILE -> onFile(database);
              case POSTGRES -> onPostgres(database);
            };
        tables.add(table(store, database.version(), measured));
      }
      tables.forEach(table -> System.out.println("\n" + table.text()));
      RESULTS.write(tables).forEach(System.out::println);
    }
  }

  private PeerTable table(TemporalStore store, String postgres, List<PeerRound> measured) {
    String command =
        "./mainstay bench purchase --peers --temporal-on %s --purchases %d --rounds %d"
            .formatted(store, purchases, rounds);
    return new PeerTable(
        store, command, LocalDate.now(ZoneOffset.UTC), Machine.describe(), postgres, measured);
  }

  /** All engines, and last the product with all its notifications. */
  private List<PeerRound> onFile(BenchDatabase database) throws Exception {
    Optional<TemporalOnPostgres> none = Optional.empty();
    List<PeerRound> measured =
        inTurn(number -> {
          var round = new ArrayList<PeerRound>();
          try (Stage stage = Stage.start(home, database, none, 50, false)) {
            round.add(measure(stage, stage::plainTransactions, number));
            round.add(measure(stage, stage::plainBatches, number));
            round.add(measure(stage, () -> stage.mainstay(MainstayEngine.FLOOD, number), number));
            round.add(measure(stage, stage::dbScheduler, number));
            round.add(measure(stage, stage::jobRunr, number));
            round.add(measure(stage, stage::dbos, number));
            round.add(measure(stage, stage::temporalPort, number));
          }
          round.add(oneByOne(database, none, number));
          return round;
        });
    try (Stage stage = Stage.start(home, database, none, 50, true)) {
      measured.add(
          measure(stage, () -> stage.mainstay(MainstayEngine.TELLING, purchases), purchases));
    }
    return measured;
  }

  /** The engines on Temporal, and the one that they are held against. */
  private List<PeerRound> onPostgres(BenchDatabase database) throws Exception {
    try (var server = new TemporalOnPostgres(home)) {
      server.start(database);
      Optional<TemporalOnPostgres> temporal = Optional.of(server);
      return inTurn(number -> {
        var round = new ArrayList<PeerRound>();
        try (Stage stage = Stage.start(home, database, temporal, 50, false)) {
          round.add(measure(stage, stage::plainTransactions, number));
          round.add(measure(stage, () -> stage.mainstay(MainstayEngine.FLOOD, number), number));
          round.add(measure(stage, stage::temporalPort, number));
        }
        round.add(oneByOne(database, temporal, number));
        return round;
      });
    }
  }

  private PeerRound oneByOne(
      BenchDatabase database, Optional<TemporalOnPostgres> temporal, int number) throws Exception {
    try (Stage stage = Stage.start(home, database, temporal, 1, false)) {
      return measure(stage, () -> stage.mainstay(MainstayEngine.ONE_BY_ONE, FEW), number);
    }
  }

  /** Measures engines one after the other. */
  @FunctionalInterface
  private interface Turn {
    List<PeerRound> of(int purchases) throws Exception;
  }

  private List<PeerRound> inTurn(Turn turn) throws Exception {
    turn.of(Math.max(1, purchases / 4));
    var measured = new ArrayList<PeerRound>();
    for (int round = 1; round <= rounds; round++) {
      measured.addAll(turn.of(purchases));
      System.out.printf("round %d of %d measured%n", round, rounds);
    }
    return measured;
  }

  private static PeerRound measure(Stage stage, Stage.Opening opening, int number)
      throws Exception {
    PeerRound round = stage.measure(opening, number);
    System.out.printf(
        "%-40s %6d: %6.0f a second%s%n",
        round.engine(),
        round.purchases(),
        round.perSecond(),
        round.counts()
            ? ""
            : ", others had %.0f %% of the machine".formatted(100 * round.spent().othersShare()));
    return round;
  }
}
