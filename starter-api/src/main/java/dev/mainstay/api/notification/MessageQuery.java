package dev.mainstay.api.notification;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A filter of messages; null fields do not filter. */
record MessageQuery(
    @Parameter(description = "Only about this booking") @Nullable UUID booking,
    @Parameter(description = "Only about this purchase or one of its sessions")
        @Nullable UUID purchase,
    @Parameter(description = "Only to this customer, vendor or store") @Nullable UUID recipient) {}
