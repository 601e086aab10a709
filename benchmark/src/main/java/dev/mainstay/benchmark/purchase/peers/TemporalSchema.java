package dev.mainstay.benchmark.purchase.peers;

import dev.mainstay.sandbox.server.CannotStart;
import dev.mainstay.sandbox.server.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Temporal's two databases, made empty by its own tool, which has their schemas in it. */
record TemporalSchema(Path tool, Path log) {

  /** The plugin that takes half the commits of the other one, {@code postgres12}. */
  static final String PLUGIN = "postgres12_pgx";

  /** Makes both, and says where they are and as whom to go there. */
  DatabaseAddress create(BenchDatabase database) throws SQLException, InterruptedException {
    DatabaseAddress superuser = database.product();
    create(database.empty("temporal_visibility", superuser), "postgresql/v12/visibility");
    DatabaseAddress temporal = database.empty("temporal", superuser);
    create(temporal, "postgresql/v12/temporal");
    return temporal;
  }

  private void create(DatabaseAddress where, String schema) throws InterruptedException {
    run(where, "setup-schema", "--version", "0.0");
    run(where, "update-schema", "--schema-name", schema);
  }

  private void run(DatabaseAddress where, String... arguments) throws InterruptedException {
    URI place = URI.create("postgresql://" + where.place());
    var builder = new ProcessBuilder(tool.toString());
    builder.command().addAll(List.of(arguments));
    builder
        .environment()
        .putAll(
            Map.of(
                "SQL_PLUGIN", PLUGIN,
                "SQL_HOST", place.getHost(),
                "SQL_PORT", String.valueOf(place.getPort()),
                "SQL_DATABASE", place.getPath().substring(1),
                "SQL_USER", where.user(),
                "SQL_PASSWORD", where.password()));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      if (builder.start().waitFor() != 0) {
        throw new CannotStart(
            "Temporal's schema cannot be set up in %s, see %s".formatted(where, log));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
