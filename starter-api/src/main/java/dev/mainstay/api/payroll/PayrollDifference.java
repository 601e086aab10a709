package dev.mainstay.api.payroll;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where two of our ledger, the runs and the provider's transfers do not agree.
 *
 * @param runId absent where no payout of ours has to do with it
 * @param payoutId as the transfer names it, where that is somebody else's
 * @param transferId the provider's; absent where none has to do with it
 * @param ours what the one says
 * @param theirs what the other says
 * @param resolvedAt when it was gone; absent as long as it is there
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
