package dev.mainstay.db.testing;

import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.intake.IntakeRow;
import java.util.UUID;
import org.jooq.JSON;
import org.jooq.JSONEntry;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * A payment that asks for a purchase, as a test wants it: in the intake, and no step has been made.
 *
 * @param preferredTime null where the payment says nothing about it
 * @param zone null where the payment says nothing about it
 */
public record TestRequest(
    UUID student,
    UUID course,
    @Nullable String preferredTime,
    @Nullable String zone,
    long amountMinor) {

  public static TestRequest of(UUID student, UUID course) {
    return new TestRequest(student, course, null, null, TestCourse.PRICE_MINOR);
  }

  public TestRequest paying(long minor) {
    return new TestRequest(student, course, preferredTime, zone, minor);
  }

  public TestRequest preferring(String time) {
    return new TestRequest(student, course, time, zone, amountMinor);
  }

  public TestRequest inZone(String named) {
    return new TestRequest(student, course, preferredTime, named, amountMinor);
  }

  /** Takes it in, as a payment of Stripe's; answers the purchase's id. */
  public UUID in(TestDatabase database) {
    UUID id = database.newId();
    Intake intake = new Intake(database.dsl(), () -> {});
    database
        .transaction()
        .executeWithoutResult(_ ->
            intake.take(
                new IntakeRow(
                    "purchase",
                    "stripe",
                    paymentId(id),
                    id,
                    body(database, id),
                    null,
                    "correlation-" + id)));
    return id;
  }

  /** The provider's id of the payment for a purchase, as long as Stripe's are. */
  public static String paymentId(UUID purchase) {
    return "pi_" + purchase.toString().replace("-", "").substring(8);
  }

  private String body(TestDatabase database, UUID id) {
    JSON body =
        database
            .dsl()
            .select(
                DSL.jsonObject(
                        entry("provider", "stripe"),
                        entry("providerPaymentId", paymentId(id)),
                        entry("studentId", student),
                        entry("courseId", course),
                        entry("amountMinor", amountMinor),
                        entry("currency", "USD"),
                        entry("preferredTime", preferredTime),
                        entry("zone", zone))
                    .absentOnNull())
            .fetchSingle()
            .value1();
    return body.data();
  }

  private static <T> JSONEntry<T> entry(String name, @Nullable T value) {
    return DSL.key(name).value(value);
  }
}
