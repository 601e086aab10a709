package dev.mainstay.sandbox.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The Temporal CLI: the pinned one from the user's cache, else one on the PATH, else the pinned one
 * is built with Go.
 */
public final class TemporalBinary {

  /** The version that is built. */
  public static final String VERSION = "1.5.1";

  private static final GoProgram PINNED =
      new GoProgram("temporal", VERSION, "github.com/temporalio/cli/cmd/temporal");

  private TemporalBinary() {}

  /**
   * Finds it, or builds it. The script runs this file as it is, beside Maven: it needs nothing but
   * the JDK.
   */
  public static void main(String[] arguments) {
    try {
      find(System.err::println);
    } catch (CannotStart e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Finds it, or builds it, which takes minutes.
   *
   * @param tell receives a line before each long step
   * @throws CannotStart in one line that says what to install
   */
  public static Path find(Consumer<String> tell) {
    Optional<Path> there = PINNED.built().or(() -> GoProgram.onPath(PINNED.name()));
    if (there.isPresent()) {
      return there.get();
    }
    if (!GoProgram.isBuildable()) {
      throw new CannotStart(
          "The Temporal CLI is missing: install Go (https://go.dev/dl), and it is built for you, or put"
              + " a temporal (https://docs.temporal.io/cli) on the PATH");
    }
    return PINNED.find(tell);
  }
}
