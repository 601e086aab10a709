package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A difference between two of our ledger, the runs and the provider's transfers.
 *
 * @param runId absent if no payout of ours is involved
 * @param payoutId as the transfer names it, if the transfer is not ours
 * @param transferId the provider's id; absent if no transfer is involved
 * @param ours the value on our side
 * @param theirs the value on the other side
 * @param resolvedAt when the difference was resolved; absent while it exists
 */
record PayrollDifference(
    UUID id,
    @Schema(
            allowableValues = {
              "transfer-missing",
              "amount-differs",
              "transfer-reversed",
              "transfer-not-ours",
              "earnings-differ",
              "run-completed-early"
            })
        String kind,
    @Nullable UUID runId,
    UUID payoutId,
    @Nullable String transferId,
    String ours,
    String theirs,
    Instant foundAt,
    @Nullable Instant resolvedAt) {}
