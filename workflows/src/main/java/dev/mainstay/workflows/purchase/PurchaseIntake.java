package dev.mainstay.workflows.purchase;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mainstay.workflows.process.Claimed;
import dev.mainstay.workflows.process.ProcessStart;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A purchase's intake row, of a batch and of one that was split off alike. The first step reads the
 * rest of it in the database.
 *
 * @param amountMinor what was paid, in minor units of the currency
 * @param preferredTime of the sessions, {@code HH:mm}; null for the student's own
 * @param zone of the preferred time; null for the student's own
 * @param unconfirmed true as long as only a client says that the money was received, and its
 *     provider can be asked; otherwise null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PurchaseIntake(
    String provider,
    String providerPaymentId,
    UUID studentId,
    UUID courseId,
    long amountMinor,
    String currency,
    @Nullable String preferredTime,
    @Nullable String zone,
    @Nullable Boolean unconfirmed) {

  static ProcessStart batch(UUID claimId, List<Claimed<PurchaseIntake>> rows) {
    return ProcessStart.of(
        PurchaseBatchWorkflow.class,
        PurchaseBatchWorkflow.id(claimId),
        new PurchaseBatchWorkflow.Input(rows.stream().map(Claimed::businessId).toList()),
        rows.stream().map(row -> row.body().providerPaymentId).toList());
  }

  static ProcessStart single(Claimed<PurchaseIntake> row, PurchaseWorkflow.Waits waits) {
    PurchaseIntake body = row.body();
    return ProcessStart.of(
        PurchaseWorkflow.class,
        PurchaseWorkflow.id(body.provider, body.providerPaymentId),
        new PurchaseWorkflow.Input(
            row.businessId(), body.amountMinor, body.currency, waits, row.correlationId()),
        List.of(body.providerPaymentId));
  }
}
