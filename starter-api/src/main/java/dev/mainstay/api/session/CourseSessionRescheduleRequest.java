package dev.mainstay.api.session;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/** That a session will be given at another time. */
@Schema(name = "SessionMove")
record CourseSessionRescheduleRequest(Instant startsAt) {}
