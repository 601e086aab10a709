package dev.mainstay.api.attention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.attention}: how fast operators retry many items.
 *
 * @param retriesPerSecond Items per second that all bulk retries of a process together retry, 1 to
 *     1,000. The limit keeps an overload from coming back at once.
 */
@Validated
@ConfigurationProperties("mainstay.attention")
public record AttentionProperties(@DefaultValue("20") @Min(1) @Max(1000) int retriesPerSecond) {}
