package dev.mainstay.sandbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mainstay.sandbox.server.CannotStart;
import dev.mainstay.sandbox.server.PidFile;
import dev.mainstay.sandbox.server.PostgresServer;
import dev.mainstay.sandbox.server.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The addresses of the running sandbox, secrets included: the output of {@code ./mainstay status
 * --json}.
 *
 * @param api origin of REST, without {@code /api/v1}
 * @param console null until there is one
 * @param temporalUi null if the Temporal server is not the sandbox's
 * @param mailbox the address of the mailbox
 * @param preview the address of the preview of all messages
 * @param smtpAddress host and port of the mail server
 * @param simulators the base address of each, by name
 * @param allocator the service that gives students their trainers
 * @param databaseUrl libpq URI with password, of a role that may read all
 * @param keys an API key per role
 * @param pids at the time of the request
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Status(
    String api,
    @Nullable String console,
    String temporalAddress,
    @Nullable String temporalUi,
    String mailbox,
    String preview,
    String smtpAddress,
    Map<String, String> simulators,
    Allocator allocator,
    String databaseUrl,
    Map<String, String> keys,
    String stripeWebhookSecret,
    @Nullable Pids pids) {

  /**
   * Process ids.
   *
   * @param temporal null where it is not the sandbox's, or just being started again
   * @param postgres null where it is not the sandbox's, or just being started again
   * @param workerHosts those that are processes of their own
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Pids(
      long mainstay, @Nullable Long temporal, @Nullable Long postgres, List<Long> workerHosts) {}

  /** The status of the sandbox that runs in this home, if one does and is ready. */
  public static Optional<Status> of(Home home) {
    return new PidFile(home.mainstayPid())
        .running()
        .filter(_ -> Files.exists(home.ready()))
        .map(mainstay -> read(home).with(pids(home, mainstay)));
  }

  /**
   * The same, for those who cannot do without.
   *
   * @throws CannotStart if nothing runs
   */
  public static Status require(Home home) {
    return of(home)
        .orElseThrow(
            () -> new CannotStart("No sandbox is running here. Start it with ./mainstay up"));
  }

  /** The same, of one that is not ready yet, without process ids. */
  static Status read(Home home) {
    return JsonMapper.shared().readValue(home.status(), Status.class);
  }

  void save(Home home) {
    PrivateFile.write(home.status(), JsonMapper.shared().writeValueAsString(this));
  }

  private Status with(Pids current) {
    return new Status(
        api,
        console,
        temporalAddress,
        temporalUi,
        mailbox,
        preview,
        smtpAddress,
        simulators,
        allocator,
        databaseUrl,
        keys,
        stripeWebhookSecret,
        current);
  }

  private static Pids pids(Home home, ProcessHandle mainstay) {
    return new Pids(
        mainstay.pid(),
        new PidFile(home.temporalPid()).running().map(ProcessHandle::pid).orElse(null),
        PostgresServer.postmaster(home.postgresData())
            .filter(ProcessHandle::isAlive)
            .map(ProcessHandle::pid)
            .orElse(null),
        workerHosts(home).stream()
            .flatMap(file -> file.running().stream())
            .map(ProcessHandle::pid)
            .toList());
  }

  /** A file per worker host that was ever started as a process of its own. */
  static List<PidFile> workerHosts(Home home) {
    if (Files.notExists(home.workerHosts())) {
      return List.of();
    }
    try (var files = Files.list(home.workerHosts())) {
      return files.sorted().map(PidFile::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
