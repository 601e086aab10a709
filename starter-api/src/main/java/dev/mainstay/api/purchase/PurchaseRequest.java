package dev.mainstay.api.purchase;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.mainstay.api.request.FieldFormats;
import dev.mainstay.workflows.purchase.PurchaseIntake;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A payment, and the course that it pays for: the body of {@code POST /purchases}.
 *
 * @param provider of the payment, as {@code stripe}
 * @param providerPaymentId the provider's own id of the payment
 * @param amountMinor what was paid, in minor units of the currency
 * @param preferredTime of the sessions, the student's own where null
 * @param zone of the preferred time, the student's own where null
 */
@JsonPropertyOrder({
  "provider",
  "providerPaymentId",
  "studentId",
  "courseId",
  "amountMinor",
  "currency",
  "preferredTime",
  "zone"
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PurchaseRequest(
    @Schema(pattern = "^[a-z][a-z0-9-]{0,29}$", format = FieldFormats.PROVIDER, example = "stripe")
        String provider,
    @Schema(format = FieldFormats.LINE, maxLength = 100, example = "pi_3Q1")
        String providerPaymentId,
    UUID studentId,
    UUID courseId,
    @Schema(minimum = "0", maximum = "9007199254740991", example = "19900") long amountMinor,
    @Schema(example = "EUR") Currency currency,
    @JsonFormat(pattern = "HH:mm") @Schema(example = "18:30") @Nullable LocalTime preferredTime,
    @Schema(example = "Europe/Berlin") @Nullable ZoneId zone) {

  /**
   * The body of its intake row.
   *
   * @param unconfirmed whether the provider still has to confirm the payment
   */
  PurchaseIntake intake(boolean unconfirmed) {
    return new PurchaseIntake(
        provider,
        providerPaymentId,
        studentId,
        courseId,
        amountMinor,
        currency.getCurrencyCode(),
        preferredTime == null ? null : preferredTime.toString(),
        zone == null ? null : zone.getId(),
        unconfirmed ? true : null);
  }
}
