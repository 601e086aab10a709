package dev.mainstay.sandbox.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An embedded PostgreSQL that is durable: on a data directory of its own, with fsync and
 * synchronous commit on, which it proves before anybody may use it.
 */
public final class PostgresServer implements Server {

  /** What "durable" means, and what {@code show} must answer. */
  private static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  private static final Map<String, String> SETTINGS =
      Map.of(
          "jit", "off",
          "max_connections", "200",
          "shared_buffers", "256MB",
          "listen_addresses", "127.0.0.1",
          "unix_socket_directories", "",
          // when exactly a purchase was complete can be read afterwards
          "track_commit_timestamp", "on");

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(5);
  private static final int CONNECT_MILLIS = 500;

  private final Path data;
  private final Path programs;
  private final Path log;
  private final int port;
  private final String password;
  private volatile @Nullable EmbeddedPostgres postgres;

  /**
   * Says how, starts nothing.
   *
   * @param programs where PostgreSQL's programs are unpacked to; whatever runs from there is ours
   * @param password of the superuser {@code postgres}; TCP asks everybody for one
   */
  public PostgresServer(Path data, Path programs, Path log, int port, String password) {
    this.data = data;
    this.programs = programs;
    this.log = log;
    this.port = port;
    this.password = password;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  /** One of its databases, as the superuser. */
  public DatabaseAddress database(String name) {
    return new DatabaseAddress("127.0.0.1:" + port + "/" + name, "postgres", password);
  }

  @Override
  public void start() {
    close();
    awaitGone();
    try {
      // The lock of a dead instance has no owner, but this JVM may still hold it
      Files.deleteIfExists(data.resolve("epg-lock"));
      postgres = embedded();
      proveDurable();
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("PostgreSQL does not start, see " + log, e);
    }
  }

  /**
   * A killed postmaster prevents a start until it has also left the list of processes. Until then
   * it has no command any more; a process with a command is another one with its old number.
   */
  private void awaitGone() {
    postmaster(data)
        .filter(Processes::ended)
        .ifPresent(killed -> Processes.awaitGone(killed, STOPS_WITHIN));
  }

  private EmbeddedPostgres embedded() throws IOException {
    Path passwordFile = Files.createTempFile(data.getParent(), "password", "");
    try {
      Files.writeString(passwordFile, password);
      var builder =
          EmbeddedPostgres.builder()
              .setPort(port)
              .setDataDirectory(data)
              .setCleanDataDirectory(false)
              .setOverrideWorkingDirectory(programs.toFile())
              .setRegisterShutdownHook(false)
              .setPGStartupWait(READY_WITHIN)
              .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .setConnectConfig("password", password);
      DURABLE.forEach(builder::setServerConfig);
      SETTINGS.forEach(builder::setServerConfig);
      // These go to initdb as they are: passwords from the first moment on, the same order of text
      // everywhere
      builder
          .setLocaleConfig("auth", "scram-sha-256")
          .setLocaleConfig("pwfile", passwordFile.toString())
          .setLocaleConfig("locale-provider", "builtin")
          .setLocaleConfig("builtin-locale", "C.UTF-8")
          .setLocaleConfig("locale", "C");
      return builder.start();
    } finally {
      Files.delete(passwordFile);
    }
  }

  private void proveDurable() throws SQLException {
    try (var connection = database("postgres").connect();
        var statement = connection.createStatement()) {
      for (Map.Entry<String, String> setting : DURABLE.entrySet()) {
        try (var shown = statement.executeQuery("show " + setting.getKey())) {
          if (!shown.next() || !shown.getString(1).equals(setting.getValue())) {
            throw new IllegalStateException(
                "PostgreSQL is not durable: " + setting.getKey() + " is not " + setting.getValue());
          }
        }
      }
    }
  }

  /**
   * Asked by a connection, as a killed postmaster may long be listed as a process. Only a refused
   * connection means that it is not running: on a busy machine an answer may come late.
   */
  @Override
  public boolean running() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      return true;
    } catch (ConnectException _) {
      return false;
    } catch (IOException _) {
      return true;
    }
  }

  /** The postmaster, if it runs. */
  public static Optional<ProcessHandle> postmaster(Path data) {
    Path pidFile = data.resolve("postmaster.pid");
    try (var lines = Files.lines(pidFile)) {
      return lines.findFirst().flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)));
    } catch (IOException | UncheckedIOException _) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    EmbeddedPostgres current = postgres;
    try {
      if (current != null && running()) {
        current.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    endLeftovers(programs);
    postgres = null;
  }

  /**
   * Ends what runs from our programs and was left behind: by a sandbox that was killed, or by a
   * postmaster that was. A new one refuses to start while any of them holds the shared memory.
   */
  public static void endLeftovers(Path programs) {
    List<ProcessHandle> left = leftovers(programs);
    if (!left.isEmpty()) {
      Processes.end(left, STOPS_WITHIN);
    }
  }

  private static List<ProcessHandle> leftovers(Path programs) {
    if (Files.notExists(programs)) {
      return List.of();
    }
    try {
      String ours = programs.toRealPath().toString();
      return ProcessHandle.allProcesses()
          .filter(process -> process.info().command().filter(c -> c.startsWith(ours)).isPresent())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
