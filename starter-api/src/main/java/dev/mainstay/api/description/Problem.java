package dev.mainstay.api.description;

import dev.mainstay.api.problem.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of every refusal, as RFC 9457 defines it.
 *
 * @param type the kind of refusal, for programs
 * @param instance the request's path
 * @param errors every invalid field, if fields are invalid
 */
record Problem(
    @Schema(format = "uri-reference", example = "urn:mainstay:problem:invalid-fields") String type,
    String title,
    int status,
    @Nullable String detail,
    String instance,
    String correlationId,
    @Nullable List<FieldProblem> errors) {}
