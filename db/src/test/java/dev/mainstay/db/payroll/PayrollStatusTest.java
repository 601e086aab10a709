package dev.mainstay.db.payroll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.StatusCheck;
import dev.mainstay.db.testing.TestDatabase;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PayrollStatusTest {

  @Test
  void runsHaveTheStatusesOfTheCheckConstraint() {
    assertThat(StatusCheck.of("payroll_run"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PayrollStatus.values()).map(PayrollStatus::text).toList());
  }

  @Test
  void payoutsHaveTheStatusesOfTheCheckConstraint() {
    assertThat(StatusCheck.of("payout"))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(PayoutStatus.values()).map(PayoutStatus::text).toList());
  }

  @ParameterizedTest
  @EnumSource
  void theTriggerLetsARunMoveAsTheEnumSays(PayrollStatus status) {
    assertThat(followers("payroll_run_moves", status.text()))
        .isEqualTo(
            status.followers().stream().map(PayrollStatus::text).collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @EnumSource
  void theTriggerLetsAPayoutMoveAsTheEnumSays(PayoutStatus status) {
    assertThat(followers("payout_moves", status.text()))
        .isEqualTo(status.followers().stream().map(PayoutStatus::text).collect(Collectors.toSet()));
  }

  /** What the trigger's function names behind {@code when 'status' then}. */
  private static Set<String> followers(String trigger, String status) {
    try (TestDatabase database = TestDatabase.create()) {
      String source =
          database
              .dsl()
              .fetchSingle("select prosrc from pg_catalog.pg_proc where proname = ?", trigger)
              .into(String.class);
      Matcher line = Pattern.compile("when '" + status + "' then (.*)").matcher(source);
      return line.find()
          ? Pattern.compile("'([a-z-]+)'")
              .matcher(line.group(1))
              .results()
              .map(found -> found.group(1))
              .collect(Collectors.toSet())
          : Set.of();
    }
  }
}
