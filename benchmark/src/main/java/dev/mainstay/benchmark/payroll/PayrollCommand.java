package dev.mainstay.benchmark.payroll;

import dev.mainstay.benchmark.Machine;
import dev.mainstay.sandbox.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Freezing beside one SQL statement, and paying beside its limit, at growing sizes. */
@Command(
    name = "payroll",
    description =
        "Compares freezes of growing size with single SQL statements, and measures paying against the rate limit.",
    mixinStandardHelpOptions = true)
public final class PayrollCommand implements Callable<Integer> {

  /** More than any machine here can send, so that it is no limit. */
  private static final int NO_LIMIT = 10_000;

  @Option(
      names = "--vendors",
      split = ",",
      paramLabel = "N",
      defaultValue = "1000,10000,100000",
      description = "Vendors per freeze, in growing sizes. Default: ${DEFAULT-VALUE}.")
  private List<Integer> vendors = List.of();

  @Option(
      names = "--earnings",
      paramLabel = "N",
      defaultValue = "10",
      description = "Earnings per vendor. Default: ${DEFAULT-VALUE}.")
  private int earnings;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds per freeze, after one warm-up round. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "25",
      description =
          "Rate limit in transfers per second. Default: ${DEFAULT-VALUE}, the product's default.")
  private int limit;

  @Option(
      names = "--payouts",
      split = ",",
      paramLabel = "N",
      defaultValue = "1000,10000",
      description = "Payouts paid without a limit, in growing sizes. Default: ${DEFAULT-VALUE}.")
  private List<Integer> payouts = List.of();

  @Override
  public Integer call() throws Exception {
    Home home = new Home(Home.here().directory().resolve("bench-payroll"));
    List<FreezeRound> freezes = freeze(home);
    List<PayRound> limited = pay(home, limit, List.of(limit * 30));
    List<PayRound> unlimited = pay(home, NO_LIMIT, payouts);
    PayrollRounds result = new PayrollRounds(Machine.describe(), freezes, limited, unlimited);
    System.out.println(result.table());
    Path file = Files.createDirectories(Path.of("benchmark/results")).resolve("payroll.json");
    Files.writeString(
        file,
        JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build()
            .writeValueAsString(result));
    System.out.println("Written to " + file);
    return 0;
  }

  private List<FreezeRound> freeze(Home home) throws Exception {
    List<FreezeRound> measured = new ArrayList<>();
    try (PayrollBench bench = PayrollBench.freezing(home)) {
      bench.freeze(vendors.getFirst(), earnings);
      for (int size : vendors) {
        for (int round = 0; round < rounds; round++) {
          measured.add(bench.freeze(size, earnings));
          FreezeRound last = measured.getLast();
          System.out.printf(
              "%d vendors frozen in %.2f s, round %d of %d; the statement that settles took %.2f s, the one that sums %.2f s%n",
              size,
              last.freeze().toMillis() / 1e3,
              round + 1,
              rounds,
              last.settle().toMillis() / 1e3,
              last.sums().toMillis() / 1e3);
        }
      }
    }
    return measured;
  }

  private static List<PayRound> pay(Home home, int limit, List<Integer> sizes) throws Exception {
    List<PayRound> measured = new ArrayList<>();
    try (PayrollBench bench = PayrollBench.paying(home, limit)) {
      bench.pay(100, limit);
      for (int size : sizes) {
        measured.add(bench.pay(size, limit));
        System.out.printf(
            "%d paid at %.1f a second, limit %d%n", size, measured.getLast().perSecond(), limit);
      }
    }
    return measured;
  }
}
