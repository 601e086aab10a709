package dev.mainstay.api.vendor;

import dev.mainstay.api.request.FieldFormats;
import dev.mainstay.workflows.payroll.Cadence;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.media.Schema.RequiredMode;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vendor, who delivers and is paid.
 *
 * @param email in ASCII; a domain of other letters in its xn-- form
 * @param phone with + and country code, without an extension; kept as E.164
 * @param currency the currency in which the vendor is paid
 * @param payoutAccount the payment provider's id of the account that is paid; null changes nothing
 * @param pushTokens of the vendor's devices; each belongs to the last person who registered it
 */
record VendorRequest(
    @Schema(format = FieldFormats.LINE, maxLength = 200, example = "Bo Berg") String name,
    @Schema(
            format = FieldFormats.EMAIL,
            maxLength = 254,
            example = "bo@example.com",
            requiredMode = RequiredMode.REQUIRED)
        @Nullable String email,
    @Schema(format = FieldFormats.PHONE, example = "+4915112345678") @Nullable String phone,
    @Schema(format = FieldFormats.LOCALE, maxLength = 35, example = "en") String locale,
    @Schema(example = "Europe/Berlin") ZoneId zone,
    Cadence cadence,
    @Schema(example = "EUR") Currency currency,
    @Schema(format = FieldFormats.LINE, maxLength = 100, example = "acct_1")
        @Nullable String payoutAccount,
    @ArraySchema(
            maxItems = 20,
            uniqueItems = true,
            schema = @Schema(format = FieldFormats.LINE, maxLength = 4096))
        @Nullable List<String> pushTokens) {}
