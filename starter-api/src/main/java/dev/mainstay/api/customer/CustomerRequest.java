package dev.mainstay.api.customer;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A customer.
 *
 * @param email in ASCII; a domain of other letters in its xn-- form
 * @param phone with + and country code, without an extension; kept as E.164
 * @param preferredTime of lessons, local to the zone; 10:00 if null
 * @param pushTokens of the customer's devices; each belongs to the last person who registered it
 * @param testData whether maintenance deletes the customer and all of its data
 */
record CustomerRequest(
    @Schema(format = FieldFormats.LINE, maxLength = 200, example = "Ann Lee") String name,
    @Schema(format = FieldFormats.EMAIL, maxLength = 254, example = "ann@example.com")
        @Nullable String email,
    @Schema(format = FieldFormats.PHONE, example = "+4915112345678") @Nullable String phone,
    @Schema(format = FieldFormats.LOCALE, maxLength = 35, example = "en") String locale,
    @Schema(example = "Europe/Berlin") ZoneId zone,
    @JsonFormat(pattern = "HH:mm") @Schema(example = "18:30") @Nullable LocalTime preferredTime,
    @ArraySchema(
            maxItems = 20,
            uniqueItems = true,
            schema = @Schema(format = FieldFormats.LINE, maxLength = 4096))
        @Nullable List<String> pushTokens,
    @Nullable Boolean testData) {}
