package dev.mainstay.sandbox;

import dev.mainstay.sandbox.demo.DemoData;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The text that people see when everything is ready. */
final class Screen {

  private Screen() {}

  static void show(Status status) {
    var lines = new StringBuilder("\n  Mainstay is ready\n\n");
    line(lines, "REST", status.api() + "/api/v1");
    line(lines, "REST docs", status.api() + "/docs");
    if (status.temporalUi() != null) {
      line(lines, "Temporal Web UI", status.temporalUi());
    }
    line(lines, "Temporal", status.temporalAddress());
    line(lines, "mailbox", status.mailbox());
    line(lines, "message preview", status.preview());
    status.simulators().forEach((name, base) -> line(lines, name + "'s ledger", base + "/ledger"));
    line(lines, "PostgreSQL", status.databaseUrl());
    lines.append("\n  API keys\n\n");
    new TreeMap<>(status.keys()).forEach((role, key) -> line(lines, role, key));
    lines.append("\n  Pay for a course at the Stripe simulator, then look at the purchase\n\n");
    lines.append(purchase(status));
    lines.append("\n  Preview a payroll, run it, then look at the payouts\n\n");
    lines.append(payroll(status));
    System.out.println(lines);
  }

  private static String purchase(Status status) {
    String student = DemoData.id(DemoData.SEED, "student", 0).toString();
    return """
      curl %s/v1/payment_intents -d amount=30000 -d currency=usd -d confirm=true \\
        -d 'metadata[student_id]=%s' -d 'metadata[course_id]=%s'
      curl -H 'Authorization: Bearer %s' '%s/api/v1/purchases?student=%s'
    """
        .formatted(
            stripe(status.simulators()),
            student,
            DemoData.id(DemoData.SEED, "course", 0),
            status.keys().get("auditor"),
            status.api(),
            student);
  }

  /** The last week that has ended, wherever the payroll zone is. */
  private static String payroll(Status status) {
    LocalDate week =
        LocalDate.now(ZoneOffset.UTC)
            .minusDays(1)
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
            .minusWeeks(1);
    return """
      curl -H 'Authorization: Bearer %1$s' %2$s/api/v1/payroll/weekly/%3$s/preview
      curl -X POST -H 'Authorization: Bearer %1$s' %2$s/api/v1/payroll/weekly/%3$s/runs
      curl -H 'Authorization: Bearer %1$s' '%2$s/api/v1/payouts?limit=10'
    """
        .formatted(status.keys().get("finance"), status.api(), week);
  }

  private static String stripe(Map<String, String> simulators) {
    return Objects.requireNonNull(simulators.get("stripe"));
  }

  private static void line(StringBuilder lines, String name, String value) {
    lines.append("  %-18s %s%n".formatted(name, value));
  }
}
