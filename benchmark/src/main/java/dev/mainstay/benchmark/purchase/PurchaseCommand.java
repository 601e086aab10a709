package dev.mainstay.benchmark.purchase;

import dev.mainstay.benchmark.Machine;
import dev.mainstay.benchmark.purchase.peers.Peers;
import dev.mainstay.benchmark.purchase.peers.TemporalStore;
import dev.mainstay.sandbox.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Purchases one by one beside the plain port, in turn on the same servers; then at half load and in
 * a flood.
 */
@Command(
    name = "purchase",
    description =
        "Compares single purchases with the same steps as five remote activities, on the same servers.",
    mixinStandardHelpOptions = true)
public final class PurchaseCommand implements Callable<Integer> {

  @Option(
      names = "--purchases",
      paramLabel = "N",
      description = "Purchases per engine and round. Default: 500, or 20000 with --peers.")
  private @Nullable Integer number;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description =
          "Rounds, after one warm-up round. The engines take turns. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--concurrency",
      defaultValue = "16",
      description = "Maximum number of open payments or runs. Default: ${DEFAULT-VALUE}.")
  private int concurrency;

  @Option(
      names = "--peers",
      description =
          "Compare with db-scheduler, JobRunr, DBOS and plain SQL instead. On a quiet machine, write docs/performance.md.")
  private boolean peers;

  @Option(
      names = "--temporal-on",
      split = ",",
      defaultValue = "file,postgres",
      paramLabel = "STORE",
      description =
          "Temporal's storage with --peers: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Set<TemporalStore> temporalOn = EnumSet.allOf(TemporalStore.class);

  @Override
  public Integer call() throws Exception {
    int purchases = number != null ? number : peers ? 20_000 : 500;
    if (peers) {
      new Peers(
              new Home(Home.here().directory().resolve("bench-peers")),
              purchases,
              rounds,
              EnumSet.copyOf(temporalOn))
          .run();
      return 0;
    }
    Home home = new Home(Home.here().directory().resolve("bench"));
    List<Round> measured = new ArrayList<>();
    try (PurchaseBench bench = PurchaseBench.start(home, 1)) {
      bench.oneByOne(purchases / 4, concurrency);
      bench.plain(purchases / 4, concurrency);
      for (int round = 0; round < rounds; round++) {
        measured.add(bench.oneByOne(purchases, concurrency));
        measured.add(bench.plain(purchases, concurrency));
        System.out.printf("round %d of %d measured%n", round + 1, rounds);
      }
      double half = Rounds.medianPerSecond(measured, PurchaseBench.ONE_BY_ONE) / 2;
      measured.add(bench.atRate(purchases, half));
    }
    try (PurchaseBench bench = PurchaseBench.start(home, 50)) {
      bench.flood(purchases, 64);
      measured.add(bench.flood(purchases * 4, 64));
    }
    Rounds result = new Rounds(Machine.describe(), measured);
    System.out.println(result.table());
    Path file = Files.createDirectories(Path.of("benchmark/results")).resolve("purchase.json");
    Files.writeString(
        file,
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(result));
    System.out.println("Written to " + file);
    return 0;
  }
}
