package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.sandbox.Home;
import dev.mainstay.sandbox.Ports;
import dev.mainstay.sandbox.server.CannotStart;
import dev.mainstay.sandbox.server.DatabaseAddress;
import dev.mainstay.sandbox.server.GoProgram;
import dev.mainstay.sandbox.server.PidFile;
import io.grpc.StatusRuntimeException;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Temporal server as {@code docker-compose.yml} runs it: its services in one process, 4 shards,
 * settings for one node, its databases beside the product's.
 */
final class TemporalOnPostgres implements AutoCloseable {

  static final String VERSION = "1.31.2";

  private static final GoProgram SERVER =
      new GoProgram("temporal-server", VERSION, "go.temporal.io/server/cmd/server");
  private static final GoProgram SQL_TOOL =
      new GoProgram("temporal-sql-tool", VERSION, "go.temporal.io/server/cmd/tools/sql");

  /** The production's own. */
  private static final Path SETTINGS = Path.of("deploy/temporal/dynamicconfig.yaml");

  private static final List<String> PORTS =
      List.of(
          "FRONTEND_GRPC_PORT",
          "FRONTEND_HTTP_PORT",
          "FRONTEND_MEMBERSHIP_PORT",
          "HISTORY_GRPC_PORT",
          "HISTORY_MEMBERSHIP_PORT",
          "MATCHING_GRPC_PORT",
          "MATCHING_MEMBERSHIP_PORT",
          "WORKER_GRPC_PORT",
          "WORKER_MEMBERSHIP_PORT");

  /** Membership is kept in a column that has room for half of all ports. */
  private static final int PORTS_END = 1 << 15;

  private static final int FIRST_PORT = 17_200;

  private static final Duration RETENTION = Duration.ofDays(7);
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration STOPS_WITHIN = Duration.ofSeconds(20);

  private final PidFile pid;
  private final Path log;
  private final Map<String, String> ports;

  /** Says where, starts nothing. */
  TemporalOnPostgres(Home home) {
    this.pid = new PidFile(home.directory().resolve("bench-temporal.pid"));
    this.log = home.logs().resolve("bench-temporal.log");
    var free = IntStream.range(FIRST_PORT, PORTS_END).filter(Ports::isFree).iterator();
    this.ports =
        PORTS.stream().collect(Collectors.toMap(port -> port, _ -> String.valueOf(free.next())));
  }

  /**
   * Builds its programs, if they are missing.
   *
   * @param tell receives a line before each long step
   * @throws CannotStart in one line that says what to install
   */
  static void build(Consumer<String> tell) {
    if (Stream.of(SERVER, SQL_TOOL).anyMatch(program -> program.built().isEmpty())
        && !GoProgram.isBuildable()) {
      throw new CannotStart(
          "The Temporal server is built with Go: install it (https://go.dev/dl), or measure with"
              + " --temporal-on file");
    }
    SQL_TOOL.find(tell);
    SERVER.find(what -> tell.accept(what + ": about 8 minutes"));
  }

  /** Starts it on newly created databases, with the namespace {@code default}. */
  void start(BenchDatabase database) throws SQLException, IOException, InterruptedException {
    pid.end(STOPS_WITHIN);
    var schema = new TemporalSchema(SQL_TOOL.built().orElseThrow(), log);
    var builder =
        new ProcessBuilder(SERVER.built().orElseThrow().toString(), "--allow-no-auth", "start");
    Map<String, String> environment = builder.environment();
    environment.putAll(storage(schema.create(database)));
    environment.putAll(ports);
    environment.put("DYNAMIC_CONFIG_FILE_PATH", SETTINGS.toAbsolutePath().toString());
    environment.put("LOG_LEVEL", "warn");
    environment.putIfAbsent("GOGC", "400");
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    pid.write(builder.start().toHandle());
    try {
      registerNamespace();
    } catch (StatusRuntimeException e) {
      throw new IllegalStateException("The Temporal server does not start, see " + log, e);
    }
  }

  private static Map<String, String> storage(DatabaseAddress temporal) {
    URI place = URI.create("postgresql://" + temporal.place());
    return Map.of(
        "DB", TemporalSchema.PLUGIN,
        "POSTGRES_SEEDS", place.getHost(),
        "DB_PORT", String.valueOf(place.getPort()),
        "POSTGRES_USER", temporal.user(),
        "POSTGRES_PWD", temporal.password(),
        "NUM_HISTORY_SHARDS", "4");
  }

  /** Search attributes are registered by the worker hosts. */
  private void registerNamespace() {
    var service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(address()).build());
    try {
      service.connect(READY_WITHIN);
      var _ =
          service
              .blockingStub()
              .registerNamespace(
                  RegisterNamespaceRequest.newBuilder()
                      .setNamespace("default")
                      .setWorkflowExecutionRetentionPeriod(
                          com.google.protobuf.Duration.newBuilder()
                              .setSeconds(RETENTION.toSeconds()))
                      .build());
    } finally {
      service.shutdownNow();
    }
  }

  /** Host and port, as {@code TEMPORAL_ADDRESS} has it. */
  String address() {
    return "127.0.0.1:" + ports.get("FRONTEND_GRPC_PORT");
  }

  long processId() {
    return pid.running().orElseThrow().pid();
  }

  @Override
  public void close() {
    pid.end(STOPS_WITHIN);
  }
}
