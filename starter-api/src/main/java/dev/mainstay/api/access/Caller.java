package dev.mainstay.api.access;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, and how the request is known.
 *
 * @param idempotencyKey the client's own name for the request, null where it gave none
 */
public record Caller(ApiClient client, @Nullable String idempotencyKey, String correlationId) {}
