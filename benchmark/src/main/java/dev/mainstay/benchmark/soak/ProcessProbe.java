package dev.mainstay.benchmark.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process's use of the machine, as {@code /proc} reports it. */
final class ProcessProbe implements Probe {

  private final Supplier<@Nullable Long> pid;
  private final Measure resident;
  private final Measure threads;
  private final Measure files;
  private final Measure sockets;

  /**
   * Of one process.
   *
   * @param pid asked for each time, as a server may be started again; null while it is
   */
  ProcessProbe(String name, Supplier<@Nullable Long> pid) {
    this.pid = pid;
    this.resident = new Measure(name + ", resident memory", "MB", Tolerance.RESIDENT);
    this.threads = new Measure(name + ", threads", "", Tolerance.HANDLES);
    this.files = new Measure(name + ", open files", "", Tolerance.HANDLES);
    this.sockets = new Measure(name + ", open sockets", "", Tolerance.SOCKETS);
  }

  @Override
  public void read(Sample into) throws IOException {
    Long current = pid.get();
    if (current == null) {
      return;
    }
    Path process = Path.of("/proc", current.toString());
    List<String> status = Files.readAllLines(process.resolve("status"));
    into.put(resident, number(status, "VmRSS:") / 1024.0);
    into.put(threads, number(status, "Threads:"));
    try (Stream<Path> open = Files.list(process.resolve("fd"))) {
      List<String> targets = open.map(ProcessProbe::target).toList();
      long connected = targets.stream().filter(target -> target.startsWith("socket:")).count();
      into.put(sockets, connected);
      into.put(files, targets.size() - connected);
    }
  }

  private static long number(List<String> status, String field) {
    return status.stream()
        .filter(line -> line.startsWith(field))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** Empty for one that was closed meanwhile, as that which lists them is. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException _) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
