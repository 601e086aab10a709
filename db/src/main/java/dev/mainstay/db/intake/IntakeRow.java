package dev.mainstay.db.intake;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row to take in.
 *
 * @param kind the name of one that a process type declares
 * @param source what the key is unique in, as a payment provider
 * @param key the caller's own name for what it asks
 * @param businessId the id of what the process will make, if this row is the first with its key
 * @param body JSON, without personal data
 * @param client owner of the API key that brought it, or null where a webhook or a step did
 */
public record IntakeRow(
    String kind,
    String source,
    String key,
    UUID businessId,
    String body,
    @Nullable String client,
    String correlationId) {}
