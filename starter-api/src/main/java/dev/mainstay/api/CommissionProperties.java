package dev.mainstay.api;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.commission}: the platform's share of what is delivered.
 *
 * @param percent Commission in percent of the gross, 0 to 100, with at most two decimals. Each
 *     earning keeps the percentage at which it was recorded.
 */
@Validated
@ConfigurationProperties("mainstay.commission")
public record CommissionProperties(
    @DefaultValue("20")
        @NotNull
        @DecimalMin("0")
        @DecimalMax("100")
        @Digits(integer = 3, fraction = 2)
        BigDecimal percent) {}
