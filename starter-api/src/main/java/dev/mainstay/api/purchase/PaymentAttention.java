package dev.mainstay.api.purchase;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.workflows.purchase.PurchaseWorkflow;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Attention items about payments that no process can take further, so that the money is not lost
 * from sight. One per payment and reason, however often the event comes.
 */
@Component
public class PaymentAttention {

  private static final String STEP = "take-in";

  private final CommandRunner commands;
  private final DSLContext database;

  PaymentAttention(CommandRunner commands, DSLContext database) {
    this.commands = commands;
    this.database = database;
  }

  /**
   * A payment came again, for another student, course, amount or currency than the first time. The
   * item has the amount that came again.
   */
  void conflicting(PurchaseAcceptedResponse first, PurchaseRequest again) {
    open(
        again.provider(),
        again.providerPaymentId(),
        first.id(),
        "conflicting-event",
        "An event names student %s, course %s and %d %s (minor units) for a payment that was taken in with another one of them"
            .formatted(again.studentId(), again.courseId(), again.amountMinor(), again.currency()),
        again.amountMinor(),
        again.currency().getCurrencyCode());
  }

  /**
   * A payment carries our metadata, but no purchase can be created from it.
   *
   * @param error the error, without the payment's values
   * @param amountMinor null with currency if the event has neither
   */
  public void unusable(
      String provider,
      String paymentId,
      String error,
      @Nullable Long amountMinor,
      @Nullable String currency) {
    String key = PurchaseWorkflow.id(provider, paymentId);
    UUID subject = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8));
    commands.doInTransaction(() ->
        open(provider, paymentId, subject, "unusable-metadata", error, amountMinor, currency));
  }

  private void open(
      String provider,
      String paymentId,
      UUID subject,
      String reason,
      String error,
      @Nullable Long amountMinor,
      @Nullable String currency) {
    String key = PurchaseWorkflow.id(provider, paymentId);
    database
        .insertInto(
            ATTENTION,
            ATTENTION.PROCESS,
            ATTENTION.BUSINESS_KEY,
            ATTENTION.SUBJECT_ID,
            ATTENTION.STEP,
            ATTENTION.REASON,
            ATTENTION.ERROR,
            ATTENTION.FINGERPRINT,
            ATTENTION.RETRY_EFFECT,
            ATTENTION.ACTIONS,
            ATTENTION.AMOUNT_MINOR,
            ATTENTION.CURRENCY)
        .select(
            select(
                    val("purchase"),
                    val(key),
                    val(subject),
                    val(STEP),
                    val(reason),
                    val(error),
                    val("purchase/" + STEP + "/" + reason),
                    val("nothing: no process runs for it"),
                    val(new String[] {"cancel"}),
                    val(amountMinor, ATTENTION.AMOUNT_MINOR),
                    val(currency, ATTENTION.CURRENCY))
                .where(
                    notExists(
                        selectOne()
                            .from(ATTENTION)
                            .where(
                                ATTENTION.SUBJECT_ID.eq(subject),
                                ATTENTION.BUSINESS_KEY.eq(key),
                                ATTENTION.STEP.eq(STEP),
                                ATTENTION.REASON.eq(reason)))))
        .onConflictDoNothing()
        .execute();
  }
}
