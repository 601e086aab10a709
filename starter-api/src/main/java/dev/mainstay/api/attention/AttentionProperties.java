package dev.mainstay.api.attention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.attention}: how operators work off what is stuck.
 *
 * @param retriesPerSecond how many items all bulk retries of a process together retry each second,
 *     1 to 1,000, so that what failed because it was too much does not come back at once
 */
@Validated
@ConfigurationProperties("mainstay.attention")
public record AttentionProperties(@DefaultValue("20") @Min(1) @Max(1000) int retriesPerSecond) {}
