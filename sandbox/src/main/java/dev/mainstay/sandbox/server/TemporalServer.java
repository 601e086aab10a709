package dev.mainstay.sandbox.server;

import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Temporal's development server on a database file, so that every run outlives it. Search
 * attributes are registered by the worker hosts, as on any server.
 */
public final class TemporalServer implements Server {

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(10);

  /** For one node that only this sandbox uses: less polling of its own tables, no cached schema. */
  private static final List<String> DYNAMIC_CONFIGURATION =
      List.of(
          "history.transferProcessorMaxPollRPS=5",
          "history.visibilityProcessorMaxPollRPS=2",
          "history.timerProcessorMaxPollRPS=2",
          "matching.numTaskqueueReadPartitions=1",
          "matching.numTaskqueueWritePartitions=1",
          "system.forceSearchAttributesCacheRefreshOnRead=true");

  private final Path binary;
  private final Path databaseFile;
  private final Path log;
  private final PidFile pid;
  private final int port;
  private final int uiPort;
  private volatile @Nullable Process process;

  public TemporalServer(
      Path binary, Path databaseFile, Path log, PidFile pid, int port, int uiPort) {
    this.binary = binary;
    this.databaseFile = databaseFile;
    this.log = log;
    this.pid = pid;
    this.port = port;
    this.uiPort = uiPort;
  }

  @Override
  public String name() {
    return "Temporal";
  }

  /** Host and port, as {@code TEMPORAL_ADDRESS} has it. */
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void start() {
    pid.end(STOPS_WITHIN);
    try {
      Files.createDirectories(databaseFile.getParent());
      Process started =
          new ProcessBuilder(command())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      pid.write(started.toHandle());
      process = started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitAnswer();
  }

  @Override
  public boolean running() {
    Process current = process;
    return current != null && current.isAlive();
  }

  @Override
  public void close() {
    pid.end(STOPS_WITHIN);
  }

  private List<String> command() {
    var command = new ArrayList<String>();
    command.addAll(List.of(binary.toString(), "server", "start-dev"));
    command.addAll(List.of("--ip", "127.0.0.1"));
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of("--ui-port", String.valueOf(uiPort)));
    command.addAll(List.of("--db-filename", databaseFile.toString()));
    command.addAll(List.of("--log-level", "warn"));
    for (String setting : DYNAMIC_CONFIGURATION) {
      command.addAll(List.of("--dynamic-config-value", setting));
    }
    return command;
  }

  private void awaitAnswer() {
    var service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
    try {
      service.connect(READY_WITHIN);
    } catch (StatusRuntimeException e) {
      throw new IllegalStateException("Temporal does not start, see " + log, e);
    } finally {
      service.shutdownNow();
    }
  }
}
