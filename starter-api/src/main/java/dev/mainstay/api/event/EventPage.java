package dev.mainstay.api.event;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Events in order.
 *
 * @param next the value of {@code after} for the next page, now or later; always present
 */
record EventPage(
    List<Event> items,
    @Schema(
            description =
                "The value of `after` for the next page; the same as `after` once there are no more events")
        String next) {}
