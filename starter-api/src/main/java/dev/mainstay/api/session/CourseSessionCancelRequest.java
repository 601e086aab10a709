package dev.mainstay.api.session;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * That a session will not be given.
 *
 * @param reason in the caller's words
 */
@Schema(name = "SessionCancellation")
record CourseSessionCancelRequest(
    @Schema(format = FieldFormats.LINE, maxLength = 500) String reason) {}
