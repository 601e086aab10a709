package dev.mainstay.api.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened, once.
 *
 * @param subjectId what it happened to, as the purchase's id
 * @param correlationId of the request or provider's event that set it going
 * @param body JSON that depends on the type; ids and amounts, never personal data
 */
record Event(
    UUID id,
    @Schema(example = "purchase.created") String type,
    UUID subjectId,
    Instant at,
    String correlationId,
    @JsonRawValue @Schema(type = "object", implementation = Object.class) String body) {}
