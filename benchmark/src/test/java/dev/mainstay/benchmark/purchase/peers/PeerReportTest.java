package dev.mainstay.benchmark.purchase.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.benchmark.Machine;
import dev.mainstay.benchmark.Meter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerReportTest {

  private static final long QUIET = 0;
  private static final long BUSY = 90;

  @Test
  void aStandingIsTheMedianOfTheRoundsThatCount() {
    PeerStanding standing =
        PeerStanding.of(List.of(round("x", 10, QUIET), round("x", 40, QUIET), round("x", 1, BUSY)));

    assertThat(standing.perSecond()).isEqualTo(25);
    assertThat(standing.slowest()).isEqualTo(10);
    assertThat(standing.counted()).isEqualTo(2);
    assertThat(standing.counts()).isTrue();
  }

  @Test
  void aRunCountsOnlyIfWhatAllAreHeldAgainstHadTheMachineMostOfTheTime() {
    assertThat(fileTable(round(PlainTransactions.NAME, 100, QUIET)).counts()).isTrue();
    assertThat(fileTable(round(PlainTransactions.NAME, 100, BUSY)).counts()).isFalse();
  }

  @Test
  void aLineOfABusyMachineIsMarked() {
    PeerReport report =
        report(
            round(PlainTransactions.NAME, 100, QUIET), round("x", 20, QUIET), round("y", 10, BUSY));

    assertThat(report.page())
        .containsPattern("y [*] +\\| +1000 \\|")
        .containsPattern("x +\\| +1000 \\|")
        .contains("`*` after an engine's name");
  }

  @Test
  void everyEngineStandsBesidePlainTransactionsAndTheFlood() {
    String page = report(round(PlainTransactions.NAME, 100, QUIET), round("x", 20, QUIET)).page();

    assertThat(page)
        .containsPattern("x +\\| +1000 \\| +20 \\| +20–20 \\| +0[.]20 \\| +4[.]0x")
        .contains("`bench` on 2026-11-22: 2 processors");
  }

  @Test
  void eachOfTemporalsServersHasATableHeldAgainstItsOwnPlainTransactions() {
    String page = report(round(PlainTransactions.NAME, 100, QUIET)).page();

    assertThat(page)
        .containsPattern(
            "(?s)## With Temporal's development server on a file.*flood +\\|.* 80–80 \\| +0[.]80 "
                + ".*## With a Temporal server .* on the same PostgreSQL.* 30–30 \\| +0[.]60 ");
  }

  @Test
  void eachTableIsOfTheLastRunThatCounted(@TempDir Path directory) throws IOException {
    Path page = directory.resolve("performance.md");
    var results = new PeerResults(directory, page);

    assertThat(results.write(List.of(fileTable(round(PlainTransactions.NAME, 100, QUIET)))))
        .anyMatch(line -> line.contains("no run with --temporal-on postgres counts"));
    assertThat(page).doesNotExist();

    results.write(List.of(postgresTable()));
    assertThat(page).content().contains(" 100–100 |", " 50–50 |");

    assertThat(results.write(List.of(fileTable(round(PlainTransactions.NAME, 70, BUSY)))))
        .anyMatch(line -> line.contains("does not count"))
        .anyMatch(line -> line.contains("is unchanged"));
    assertThat(page).content().contains(" 100–100 |").doesNotContain(" 70–70 |");

    results.write(List.of(fileTable(round(PlainTransactions.NAME, 90, QUIET))));
    assertThat(page).content().contains(" 90–90 |", " 50–50 |").doesNotContain(" 100–100 |");
  }

  private static PeerReport report(PeerRound... measured) {
    return new PeerReport(List.of(fileTable(measured), postgresTable()));
  }

  /** With a flood. */
  private static PeerTable fileTable(PeerRound... measured) {
    return table(
        TemporalStore.FILE,
        Stream.concat(Arrays.stream(measured), Stream.of(round(MainstayEngine.FLOOD, 80, QUIET)))
            .toList());
  }

  private static PeerTable postgresTable() {
    return table(
        TemporalStore.POSTGRES,
        List.of(round(PlainTransactions.NAME, 50, QUIET), round(MainstayEngine.FLOOD, 30, QUIET)));
  }

  private static PeerTable table(TemporalStore store, List<PeerRound> rounds) {
    return new PeerTable(
        store,
        "bench",
        LocalDate.of(2026, 11, 22),
        new Machine(2, "a processor", "a system", "25"),
        "18",
        rounds);
  }

  /**
   * A thousand purchases.
   *
   * @param busy of a hundred jiffies, none of them ours
   */
  private static PeerRound round(String engine, int perSecond, long busy) {
    Duration took = Duration.ofNanos(1_000_000_000_000L / perSecond);
    var spent = new Meter(Duration.ZERO, Duration.ZERO, Duration.ZERO, 1000, 0, busy, 100, took);
    return new PeerRound(engine, 1000, took, 0, spent);
  }
}
