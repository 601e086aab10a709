package dev.mainstay.workflows.process;

import java.util.UUID;

/**
 * An intake row that a host has claimed in order to start a run for it.
 *
 * @param body the row's body, unchanged
 * @param businessId the id of the row that the process will create
 * @param correlationId of the request that brought it
 */
public record Claimed<B>(B body, UUID businessId, String correlationId) {}
