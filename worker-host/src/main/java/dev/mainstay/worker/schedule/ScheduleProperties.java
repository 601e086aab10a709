package dev.mainstay.worker.schedule;

import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.Timing;
import dev.mainstay.worker.module.WorkerProperties;
import jakarta.validation.Valid;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code mainstay.schedules}: timings that differ from the definitions in the code.
 *
 * @param zone Time zone for the local times of Schedules without a time zone of their own.
 * @param schedules Changes to a Schedule: {@code mainstay.schedules.<id>.every} (an interval),
 *     {@code .at} (a local time, for a Schedule that acts at a time of day), {@code .zone}, {@code
 *     .catch-up}.
 */
@Validated
@ConfigurationProperties("mainstay")
record ScheduleProperties(
    @DefaultValue("UTC") ZoneId zone, @DefaultValue Map<String, @Valid Setting> schedules) {

  /** The effective definition, with its zone filled in. */
  ScheduleDefinition apply(ScheduleDefinition definition) {
    String id = definition.id();
    Setting setting =
        schedules.getOrDefault(
            id, schedules.getOrDefault(WorkerProperties.inEnvironment(id), Setting.NONE));
    return new ScheduleDefinition(
        id,
        definition.workflowType(),
        definition.workflowId(),
        definition.queue(),
        setting.apply(id, definition.timing()),
        Optional.ofNullable(setting.zone()).or(definition::zone).or(() -> Optional.of(zone)),
        setting.catchUp() == null ? definition.catchUp() : setting.catchUp(),
        definition.timeout(),
        definition.note());
  }

  /** The settings of one Schedule. */
  record Setting(
      @Nullable Duration every,
      @Nullable LocalTime at,
      @Nullable ZoneId zone,
      @Nullable Duration catchUp) {

    private static final Setting NONE = new Setting(null, null, null, null);

    private Timing apply(String id, Timing timing) {
      return switch (timing) {
        case Timing.Every _ when at != null ->
            throw new IllegalArgumentException(
                "mainstay.schedules.%s.at: it acts %s; set .every".formatted(id, timing.words()));
        case Timing.Every every when this.every != null -> new Timing.Every(this.every);
        case Timing.Every every -> every;
        case Timing.Daily _, Timing.Weekly _, Timing.Monthly _ when every != null ->
            throw new IllegalArgumentException(
                "mainstay.schedules.%s.every: it acts %s; set .at".formatted(id, timing.words()));
        case Timing.Daily daily -> new Timing.Daily(orAt(daily.at()));
        case Timing.Weekly weekly -> new Timing.Weekly(weekly.day(), orAt(weekly.at()));
        case Timing.Monthly monthly -> new Timing.Monthly(monthly.day(), orAt(monthly.at()));
      };
    }

    private LocalTime orAt(LocalTime defined) {
      return at == null ? defined : at;
    }
  }
}
