package dev.mainstay.api.booking;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service that a vendor is to deliver to a customer.
 *
 * @param subject for whom or what: a pet, a car
 * @param startsAt in the future, unless it is imported
 * @param zone of the place
 * @param priceMinor in minor units of the currency
 * @param testData whether maintenance deletes the booking with all that hangs on it
 * @param imported whether it comes from another system: it may lie in the past and sends no
 *     messages
 */
record BookingRequest(
    UUID vendorId,
    UUID customerId,
    @Schema(format = FieldFormats.LINE, maxLength = 200, example = "Airport transfer")
        String service,
    @Schema(format = FieldFormats.LINE, maxLength = 200) @Nullable String subject,
    @Schema(format = FieldFormats.LINE, maxLength = 500) @Nullable String place,
    Instant startsAt,
    @Schema(example = "Europe/Berlin") ZoneId zone,
    @Schema(minimum = "0", maximum = "9007199254740991", example = "4500") long priceMinor,
    @Schema(example = "EUR") Currency currency,
    @Nullable Instant paymentDueAt,
    @Nullable Boolean testData,
    @Nullable Boolean imported) {

  boolean isImported() {
    return Boolean.TRUE.equals(imported);
  }

  boolean isTestData() {
    return Boolean.TRUE.equals(testData);
  }
}
