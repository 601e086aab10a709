package dev.mainstay.api.event;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Events in order.
 *
 * @param next what to give as {@code after} to go on, now or later; always there
 */
record EventPage(
    List<Event> items,
    @Schema(
            description =
                "What to give as `after` to go on; the same as `after` once there is nothing more")
        String next) {}
