package dev.mainstay.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Tells people what has been done, each with the seconds since {@code ./mainstay} began. */
final class Steps implements Consumer<String> {

  private static final Pattern STEP = Pattern.compile(" *\\d+ s  .*");

  private final Instant began;

  private Steps(Instant began) {
    this.began = began;
  }

  /** Counts from when the script began, which built first, else from when this JVM did. */
  static Steps sinceCommand() {
    Long script = Long.getLong("mainstay.began");
    return new Steps(
        script == null
            ? Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
            : Instant.ofEpochSecond(script));
  }

  @Override
  public void accept(String step) {
    System.err.printf("%4d s  %s%n", Duration.between(began, Instant.now()).toSeconds(), step);
  }

  /** Repeats the steps that another process has written so far, each once. */
  static Runnable repeat(Path errors, Consumer<String> to) {
    return new Runnable() {
      private int told;

      @Override
      public void run() {
        try {
          String text = Files.readString(errors);
          int whole = text.lastIndexOf('\n') + 1;
          text.substring(told, whole).lines().filter(STEP.asMatchPredicate()).forEach(to);
          told = whole;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
