package dev.mainstay.api.description;

import dev.mainstay.api.problem.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of every refusal, as RFC 9457 has it.
 *
 * @param type tells a program what kind of refusal it is
 * @param instance the path that was called
 * @param errors every bad field, where fields are what is wrong
 */
record Problem(
    @Schema(format = "uri-reference", example = "urn:mainstay:problem:invalid-fields") String type,
    String title,
    int status,
    @Nullable String detail,
    String instance,
    String correlationId,
    @Nullable List<FieldProblem> errors) {}
