package dev.mainstay.api.payroll;

import dev.mainstay.api.problem.FieldProblem;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.workflows.payroll.Cadence;
import dev.mainstay.workflows.payroll.PayrollWorkflow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cadence and one of its half-open intervals.
 *
 * @param start its first day, a Monday or the first of a month
 */
record PayrollPeriod(Cadence cadence, LocalDate start) {

  /** As the calls name it in their paths. */
  static final String PATH = "/{cadence}/{periodStart}";

  private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
  private static final LocalDate LATEST = LocalDate.of(9999, 1, 1);
  private static final String START = "/periodStart";

  /**
   * The period that a path names.
   *
   * @throws Refusal if it is none, with every reason
   */
  static PayrollPeriod of(String cadence, String periodStart) {
    List<FieldProblem> problems = new ArrayList<>();
    Optional<Cadence> known =
        Arrays.stream(Cadence.values()).filter(one -> one.text().equals(cadence)).findFirst();
    if (known.isEmpty()) {
      problems.add(new FieldProblem("/cadence", "must be weekly or monthly"));
    }
    LocalDate start = date(periodStart);
    String problem =
        start == null ? "must be an ISO date, as 2026-11-16" : problem(known.orElse(null), start);
    if (problem != null) {
      problems.add(new FieldProblem(START, problem));
    }
    if (known.isEmpty() || start == null || problem != null) {
      throw Refusal.fields(problems);
    }
    return new PayrollPeriod(known.get(), start);
  }

  private static @Nullable LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static @Nullable String problem(@Nullable Cadence cadence, LocalDate start) {
    if (start.isBefore(EARLIEST) || start.isAfter(LATEST)) {
      return "must be from 2000 to 9999";
    }
    return switch (cadence) {
      case WEEKLY -> start.getDayOfWeek() == DayOfWeek.MONDAY ? null : "must be a Monday";
      case MONTHLY -> start.getDayOfMonth() == 1 ? null : "must be the first of a month";
      case null -> null;
    };
  }

  /** The first day that is not of it. */
  LocalDate end() {
    return switch (cadence) {
      case WEEKLY -> start.plusWeeks(1);
      case MONTHLY -> start.plusMonths(1);
    };
  }

  Instant startsAt(ZoneId zone) {
    return start.atStartOfDay(zone).toInstant();
  }

  Instant endsAt(ZoneId zone) {
    return end().atStartOfDay(zone).toInstant();
  }

  /**
   * Called before what cannot be done ahead of time.
   *
   * @throws Refusal where it has not begun
   */
  void requireBegun(ZoneId zone, Instant now) {
    if (startsAt(zone).isAfter(now)) {
      throw Refusal.field(START, "lies ahead: it begins at " + startsAt(zone));
    }
  }

  /**
   * Called before what can only be done of all of it.
   *
   * @throws Refusal where it has not ended
   */
  void requireEnded(ZoneId zone, Instant now) {
    if (endsAt(zone).isAfter(now)) {
      throw Refusal.field(START, "has not ended: it ends at " + endsAt(zone));
    }
  }

  /** The id of its run in Temporal. */
  String workflowId() {
    return PayrollWorkflow.id(cadence.text(), start);
  }

  String runsPath() {
    return "%s/%s/%s/runs".formatted(PayrollController.PATH, cadence.text(), start);
  }
}
