package dev.mainstay.worker.module;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** When a Schedule acts. Local times are those of its zone. */
public sealed interface Timing {

  /** In words, as {@code every 6 hours}. */
  String words();

  /**
   * At equal distances, counted from midnight UTC, whatever daylight saving does.
   *
   * @param interval at least a minute, in whole seconds
   */
  record Every(Duration interval) implements Timing {

    public Every {
      if (interval.compareTo(Duration.ofMinutes(1)) < 0
          || !interval.equals(interval.truncatedTo(ChronoUnit.SECONDS))) {
        throw new IllegalArgumentException(
            "An interval is at least a minute, in whole seconds, not " + interval);
      }
    }

    @Override
    public String words() {
      if (interval.equals(Duration.ofHours(interval.toHours()))) {
        return interval.toHours() == 1
            ? "every hour"
            : "every %d hours".formatted(interval.toHours());
      }
      return interval.equals(Duration.ofMinutes(interval.toMinutes()))
          ? "every %d minutes".formatted(interval.toMinutes())
          : "every %d seconds".formatted(interval.toSeconds());
    }
  }

  /** Every day. */
  record Daily(LocalTime at) implements Timing {

    @Override
    public String words() {
      return "daily at " + at;
    }
  }

  /** Once a week. */
  record Weekly(DayOfWeek day, LocalTime at) implements Timing {

    @Override
    public String words() {
      return "%ss at %s".formatted(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH), at);
    }
  }

  /**
   * Once a month.
   *
   * @param day 1 to 28, so that every month has it
   */
  record Monthly(int day, LocalTime at) implements Timing {

    public Monthly {
      if (day < 1 || day > 28) {
        throw new IllegalArgumentException("A day of the month is 1 to 28, not " + day);
      }
    }

    @Override
    public String words() {
      return "monthly on day %d at %s".formatted(day, at);
    }
  }
}
