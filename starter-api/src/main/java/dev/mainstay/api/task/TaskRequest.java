package dev.mainstay.api.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task for one person: the body of {@code POST /tasks/{type}}.
 *
 * @param customerId for whom
 * @param priority which of the tasks that wait comes first; {@code normal} where null
 * @param maxRetries of each step after its first try; 3 where null
 * @param timeout after which it fails if it is not done, from the end of its delay; never where
 *     null
 * @param delay before it begins; none where null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskRequest(
    UUID customerId,
    @Schema(allowableValues = {"high", "normal", "low"}) @Nullable String priority,
    @Schema(minimum = "0", maximum = "20", example = "3") @Nullable Integer maxRetries,
    @Schema(example = "PT1H") @Nullable Duration timeout,
    @Schema(example = "PT15M") @Nullable Duration delay) {}
