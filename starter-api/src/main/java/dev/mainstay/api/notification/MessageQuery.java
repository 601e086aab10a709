package dev.mainstay.api.notification;

import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which messages; what is null does not matter. */
record MessageQuery(
    @Parameter(description = "About this booking") @Nullable UUID booking,
    @Parameter(description = "About this purchase or one of its sessions") @Nullable UUID purchase,
    @Parameter(description = "To this customer, vendor or store") @Nullable UUID recipient) {}
