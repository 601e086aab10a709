package dev.mainstay.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/** The directory of the sandbox's data, logs and secrets, readable only by its owner. */
public record Home(Path directory) {

  /** {@code MAINSTAY_HOME}, else {@code .mainstay} in the working directory. */
  public static Home here() {
    String chosen = System.getenv("MAINSTAY_HOME");
    return new Home(Path.of(chosen == null ? ".mainstay" : chosen).toAbsolutePath().normalize());
  }

  /** Creates the missing directories, and lets no other user in. */
  public void create() {
    try {
      Files.createDirectories(directory);
      if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      }
      for (Path child : new Path[] {data(), logs(), run(), workerHosts()}) {
        Files.createDirectories(child);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the data: the next start is the first one. Logs stay. */
  public void deleteData() {
    if (Files.notExists(data())) {
      return;
    }
    try (var paths = Files.walk(data())) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code --fresh} deletes. */
  public Path data() {
    return directory.resolve("data");
  }

  public Path logs() {
    return directory.resolve("log");
  }

  /** The directory into which PostgreSQL's programs are unpacked. */
  public Path programs() {
    return directory.resolve("programs");
  }

  Path postgresData() {
    return data().resolve("postgres");
  }

  Path temporalDatabase() {
    return data().resolve("temporal.db");
  }

  Path secrets() {
    return data().resolve("secrets.json");
  }

  /** The key of the FCM simulator's service account, created at each start. */
  Path fcmKey() {
    return run().resolve("fcm-service-account.json");
  }

  /** The status that the running sandbox reports. */
  Path status() {
    return run().resolve("status.json");
  }

  /** There while everything is ready. */
  Path ready() {
    return run().resolve("ready");
  }

  Path mainstayPid() {
    return run().resolve("mainstay.pid");
  }

  Path temporalPid() {
    return run().resolve("temporal.pid");
  }

  /** A file per worker host that is a process of its own. */
  Path workerHosts() {
    return run().resolve("worker-hosts");
  }

  private Path run() {
    return directory.resolve("run");
  }
}
