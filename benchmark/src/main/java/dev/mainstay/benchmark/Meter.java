package dev.mainstay.benchmark;

import dev.mainstay.sandbox.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the machine has spent so far.
 *
 * @param mainstay CPU of this JVM
 * @param temporal CPU of the Temporal server
 * @param postgres CPU of PostgreSQL, all its processes
 * @param commits transactions that wrote in the application's database
 * @param stolen CPU that the host gave to somebody else, in jiffies of all processors
 * @param elapsed in jiffies of all processors
 */
public record Meter(
    Duration mainstay,
    Duration temporal,
    Duration postgres,
    long commits,
    long stolen,
    long elapsed) {

  /** Reads all of it now. */
  public static Meter read(Status sandbox, Connection database) throws SQLException {
    Status.Pids pids = Objects.requireNonNull(sandbox.pids());
    long[] jiffies = processorTime();
    return new Meter(
        cpu(ProcessHandle.current().pid()),
        cpu(Objects.requireNonNull(pids.temporal())),
        cpu(Objects.requireNonNull(pids.postgres())),
        commits(database),
        jiffies[7],
        Arrays.stream(jiffies).sum());
  }

  /** What was spent since an earlier reading. */
  public Meter since(Meter earlier) {
    return new Meter(
        mainstay.minus(earlier.mainstay),
        temporal.minus(earlier.temporal),
        postgres.minus(earlier.postgres),
        commits - earlier.commits,
        stolen - earlier.stolen,
        elapsed - earlier.elapsed);
  }

  /** The share of the machine that others had, 0 to 1. */
  public double stolenShare() {
    return elapsed == 0 ? 0 : (double) stolen / elapsed;
  }

  /** Of the process and, while they live, its children: PostgreSQL's backends are such. */
  private static Duration cpu(long pid) {
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    Stream<ProcessHandle> all =
        pid == ProcessHandle.current().pid()
            ? Stream.of(process)
            : Stream.concat(Stream.of(process), process.descendants());
    return all.flatMap(p -> p.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Transaction ids are given to transactions that write, and to no others. */
  private static long commits(Connection database) throws SQLException {
    try (var statement = database.createStatement();
        var rows =
            statement.executeQuery(
                "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static long[] processorTime() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/stat"))) {
      String all = lines.findFirst().orElseThrow();
      return Stream.of(all.trim().split("\\s+")).skip(1).mapToLong(Long::parseLong).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
