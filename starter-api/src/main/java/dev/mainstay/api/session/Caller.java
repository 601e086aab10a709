package dev.mainstay.api.session;

import dev.mainstay.api.access.ApiClient;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and how the request is known.
 *
 * @param idempotencyKey the client's own name for the request, null where it gave none
 */
record Caller(ApiClient client, @Nullable String idempotencyKey, String correlationId) {}
