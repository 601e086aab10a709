package dev.mainstay.sandbox.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The Temporal CLI: the pinned one from the user's cache, else one on the PATH, else the pinned one
 * is built with Go, whose own checksums vouch for it.
 */
public final class TemporalBinary {

  /** The version that is built. */
  public static final String VERSION = "1.5.1";

  private static final String MODULE = "github.com/temporalio/cli/cmd/temporal@v" + VERSION;

  private TemporalBinary() {}

  /**
   * Finds it, or builds it, which takes about five minutes.
   *
   * @param tell is told what takes long
   * @throws CannotStart in one line that says what to install
   */
  public static Path find(Consumer<String> tell) {
    Path cached = cache().resolve(program("temporal"));
    if (Files.isExecutable(cached)) {
      return cached;
    }
    Optional<Path> onPath = onPath("temporal");
    if (onPath.isPresent()) {
      return onPath.get();
    }
    if (onPath("go").isEmpty()) {
      throw new CannotStart(
          "The Temporal CLI is missing: install Go (https://go.dev/dl), and it is built for you, or put"
              + " a temporal (https://docs.temporal.io/cli) on the PATH");
    }
    tell.accept("Building the Temporal CLI " + VERSION + " with Go, once: about 5 minutes");
    build(cache());
    return cached;
  }

  private static void build(Path into) {
    try {
      Files.createDirectories(into);
      var builder = new ProcessBuilder("go", "install", "-ldflags=-s -w", MODULE);
      builder.environment().put("GOBIN", into.toString());
      builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
      int exit = builder.start().waitFor();
      if (exit != 0) {
        throw new CannotStart(
            "Building the Temporal CLI failed; see why with: GOBIN=%s go install -ldflags='-s -w' %s"
                .formatted(into, MODULE));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path cache() {
    String base = System.getenv("XDG_CACHE_HOME");
    Path caches = base == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(base);
    return caches.resolve("mainstay").resolve("temporal-" + VERSION);
  }

  private static Optional<Path> onPath(String program) {
    String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(path)
        .map(directory -> Path.of(directory, program(program)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static String program(String name) {
    return File.separatorChar == '\\' ? name + ".exe" : name;
  }
}
