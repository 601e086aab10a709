package dev.mainstay.sandbox.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers a process beyond the life of the one that started it, with the time of its start: a
 * number alone may by now be another process's.
 */
public record PidFile(Path path) {

  public void write(ProcessHandle process) {
    PrivateFile.write(path, process.pid() + " " + startOf(process).orElse(Instant.EPOCH));
  }

  /** The process, if it still runs. */
  public Optional<ProcessHandle> running() {
    if (Files.notExists(path)) {
      return Optional.empty();
    }
    try {
      String[] written = Files.readString(path).split(" ", -1);
      return ProcessHandle.of(Long.parseLong(written[0]))
          .filter(process -> !Processes.ended(process))
          .filter(process -> startOf(process).equals(Optional.of(Instant.parse(written[1]))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process, if it still runs, and forgets it. */
  public void end(Duration patience) {
    running().ifPresent(process -> Processes.end(List.of(process), patience));
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Instant> startOf(ProcessHandle process) {
    return process.info().startInstant();
  }
}
