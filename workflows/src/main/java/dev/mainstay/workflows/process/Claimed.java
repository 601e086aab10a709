package dev.mainstay.workflows.process;

import java.util.UUID;

/**
 * An intake row that a host has claimed to start a run for.
 *
 * @param body as it was taken in
 * @param businessId the id of what the process will make
 * @param correlationId of the request that brought it
 */
public record Claimed<B>(B body, UUID businessId, String correlationId) {}
