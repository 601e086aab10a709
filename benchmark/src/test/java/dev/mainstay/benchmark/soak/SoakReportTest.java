package dev.mainstay.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.benchmark.Machine;
import dev.mainstay.benchmark.soak.SoakReport.Outcome;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SoakReportTest {

  private static final Outcome ALL_DONE = new Outcome(18_000, 0, List.of());
  private static final Verdict FLAT = verdict(false);
  private static final Verdict GROWING = verdict(true);

  @Test
  void itIsGoodWhereNothingGrowsIsMissingOrIsViolated() {
    assertThat(report(ALL_DONE, List.of(), FLAT).isGood()).isTrue();
    assertThat(report(ALL_DONE, List.of(), FLAT, GROWING).isGood()).isFalse();
    assertThat(report(new Outcome(18_000, 0, List.of("pi_1")), List.of(), FLAT).isGood()).isFalse();
    assertThat(report(new Outcome(17_999, 1, List.of()), List.of(), FLAT).isGood()).isFalse();
    assertThat(report(ALL_DONE, List.of("twice 1: paid"), FLAT).isGood()).isFalse();
  }

  @Test
  void thePageSaysWhatGrowsAndByHowMuch() {
    String page = report(ALL_DONE, List.of(), GROWING).page();

    assertThat(page)
        .contains("`bench` wrote this page on 2026-11-22")
        .contains("18,000 payments and 18,000 refunds acknowledged in 30 min 00 s")
        .contains("1 measures, growing: threads")
        .contains("used 50 % of the machine, others 2 %")
        .containsPattern("\\| threads +\\| +\\| +40 \\| +1,000 \\| +10 % or 10 \\| [*]{2}grows");
  }

  private static Verdict verdict(boolean grows) {
    return new Verdict(new Measure("threads", "", Tolerance.HANDLES), 40, 1_000, grows);
  }

  private static SoakReport report(Outcome outcome, List<String> violations, Verdict... verdicts) {
    return new SoakReport(
        new Machine(2, "a processor", "a system", "25"),
        "18",
        LocalDate.of(2026, 11, 22),
        "bench",
        10,
        Duration.ofMinutes(30),
        Optional.of(0.5),
        Optional.of(0.02),
        outcome,
        outcome,
        Map.of(),
        violations,
        List.of(verdicts),
        List.of());
  }
}
