package dev.mainstay.api.course;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Currency;

/**
 * A course. A change applies to later purchases.
 *
 * @param sessions the number of lessons
 * @param sessionMinutes the length of a lesson
 * @param priceMinor in minor units of the currency
 */
record CourseRequest(
    @Schema(format = FieldFormats.LINE, maxLength = 200, example = "Conversation") String title,
    @Schema(minimum = "1", maximum = "1000") int sessions,
    @Schema(minimum = "5", maximum = "720") int sessionMinutes,
    @Schema(minimum = "0", maximum = "9007199254740991") long priceMinor,
    @Schema(example = "EUR") Currency currency) {}
