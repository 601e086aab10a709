package dev.mainstay.api.customer;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The certificate of an erasure.
 *
 * @param by the owner of the API key that requested it
 * @param erased the number of rows deleted or emptied, by table
 */
record Erasure(UUID customerId, Instant at, String by, Map<String, Long> erased) {}
