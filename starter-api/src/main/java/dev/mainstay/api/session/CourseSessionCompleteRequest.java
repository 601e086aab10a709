package dev.mainstay.api.session;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a session was given.
 *
 * @param deliveredAt when; null for now
 */
@Schema(name = "SessionCompletion")
record CourseSessionCompleteRequest(@Nullable Instant deliveredAt) {}
