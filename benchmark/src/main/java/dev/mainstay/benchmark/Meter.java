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
 * A reading of the machine's consumption so far.
 *
 * @param mainstay CPU of this JVM
 * @param temporal CPU of the Temporal server
 * @param postgres CPU of PostgreSQL, all its processes
 * @param commits transactions that wrote in the application's database
 * @param stolen CPU that the host gave to other machines, in jiffies of all processors
 * @param busy CPU that any process here used, or that was stolen, in jiffies of all processors
 * @param elapsed in jiffies of all processors
 * @param at the time of the reading, by the JVM's clock
 */
public record Meter(
    Duration mainstay,
    Duration temporal,
    Duration postgres,
    long commits,
    long stolen,
    long busy,
    long elapsed,
    Duration at) {

  private static final int IDLE = 3;
  private static final int WAITING = 4;
  private static final int STOLEN = 7;

  /** Linux reports a hundred jiffies a second to programs, whatever its own clock. */
  private static final int MILLIS_A_JIFFY = 10;

  /** Reads all of it now. */
  public static Meter read(Status sandbox, Connection database) throws SQLException {
    Status.Pids pids = Objects.requireNonNull(sandbox.pids());
    return read(
        Objects.requireNonNull(pids.temporal()), Objects.requireNonNull(pids.postgres()), database);
  }

  /**
   * Reads all of it now.
   *
   * @param temporal process id of the Temporal server
   * @param postgres process id of the postmaster
   */
  public static Meter read(long temporal, long postgres, Connection database) throws SQLException {
    long[] jiffies = processorTime();
    long elapsed = Arrays.stream(jiffies).sum();
    return new Meter(
        cpu(ProcessHandle.current()),
        cpuOfServer(temporal),
        cpuOfServer(postgres),
        commits(database),
        jiffies[STOLEN],
        elapsed - jiffies[IDLE] - jiffies[WAITING],
        elapsed,
        Duration.ofNanos(System.nanoTime()));
  }

  /** The consumption since an earlier reading. */
  public Meter since(Meter earlier) {
    return new Meter(
        mainstay.minus(earlier.mainstay),
        temporal.minus(earlier.temporal),
        postgres.minus(earlier.postgres),
        commits - earlier.commits,
        stolen - earlier.stolen,
        busy - earlier.busy,
        elapsed - earlier.elapsed,
        at.minus(earlier.at));
  }

  /** The share of the machine that others had, 0 to 1. */
  public double stolenShare() {
    return elapsed == 0 ? 0 : (double) stolen / elapsed;
  }

  /** The share of the machine that we had, 0 to 1: this JVM and the servers. */
  public double ownShare() {
    return (double) mainstay.plus(temporal).plus(postgres).toNanos()
        / at.toNanos()
        / Runtime.getRuntime().availableProcessors();
  }

  /** The share of the machine that other guests and other programs used, 0 to 1. */
  public double othersShare() {
    return elapsed == 0 ? 0 : Math.max(0, (double) busy / elapsed - ownShare());
  }

  /**
   * Of a server and its children, also those that are gone: PostgreSQL's backends live, its
   * parallel and vacuum workers come and go.
   */
  static Duration cpuOfServer(long pid) {
    ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
    return server.descendants().map(Meter::cpu).reduce(cpu(server).plus(gone(pid)), Duration::plus);
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Of the children that a process has waited for: cutime and cstime of proc_pid_stat(5). */
  private static Duration gone(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/%d/stat".formatted(pid)));
      // The name stands in brackets and may hold spaces; the state behind it is the third field.
      String[] fromState = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Duration.ofMillis(
          (Long.parseLong(fromState[13]) + Long.parseLong(fromState[14])) * MILLIS_A_JIFFY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
