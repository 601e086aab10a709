package dev.mainstay.api.access;

import dev.mainstay.api.database.CommandDatabase;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code key}: makes, lists, rotates and revokes API keys. */
@Command(
    name = "key",
    description = "Creates, lists, rotates and revokes API keys.",
    synopsisSubcommandLabel = "create|list|rotate|revoke",
    mixinStandardHelpOptions = true)
public final class KeyCommand {

  private final ApiKeys keys;

  @Spec private CommandSpec spec = CommandSpec.create();

  public KeyCommand(DataSource database) {
    this.keys = new ApiKeys(DSL.using(database, SQLDialect.POSTGRES), InstantSource.system());
  }

  /** Runs on the database that {@code DATABASE_URL} names, in the application's role. */
  public static void main(String[] arguments) {
    System.exit(CommandDatabase.run(KeyCommand::commandLine, arguments));
  }

  /** The command, ready to be executed or put under another. */
  public static CommandLine commandLine(DataSource database) {
    return new CommandLine(new KeyCommand(database)).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Command(description = "Creates a key and prints it. The key is shown only once.")
  int create(
      @Option(names = "--owner", required = true, description = "Owner of the key.") String owner,
      @Option(
              names = "--roles",
              required = true,
              split = ",",
              description = "One or more of ${COMPLETION-CANDIDATES}.")
          Set<Role> roles,
      @Option(
              names = "--expires-days",
              defaultValue = "365",
              description = "Days until the key expires. Default: 365.")
          int days) {
    if (owner.isBlank() || days < 1) {
      return refuse("The owner must not be blank and the key must be valid for at least one day");
    }
    return show(keys.create(owner.strip(), EnumSet.copyOf(roles), Duration.ofDays(days)));
  }

  @Command(description = "Lists the keys, without their secrets.")
  int list() {
    InstantSource clock = InstantSource.system();
    for (ApiKeys.ApiKey key : keys.list()) {
      out()
          .printf(
              "%s  %-8s %-20s %s  until %s%n",
              key.id(),
              key.revokedAt() != null
                  ? "revoked"
                  : key.expiresAt().isBefore(clock.instant()) ? "expired" : "valid",
              key.owner(),
              key.roles().stream().map(Role::text).sorted().collect(Collectors.joining(",")),
              key.expiresAt());
    }
    return 0;
  }

  @Command(description = "Creates a replacement for a key. The old key keeps working for a while.")
  int rotate(
      @Parameters(description = "Id of the key.") UUID id,
      @Option(
              names = "--expires-days",
              defaultValue = "365",
              description = "Days until the key expires. Default: 365.")
          int days,
      @Option(
              names = "--overlap-hours",
              defaultValue = "24",
              description = "Hours for which the old key keeps working. Default: 24.")
          int overlap) {
    Optional<ApiKeys.NewKey> key =
        keys.rotate(id, Duration.ofDays(days), Duration.ofHours(overlap));
    return key.map(this::show).orElseGet(() -> refuse("No valid key has the id " + id));
  }

  @Command(description = "Revokes a key immediately.")
  int revoke(@Parameters(description = "Id of the key.") UUID id) {
    return keys.revoke(id) ? 0 : refuse("No active key has the id " + id);
  }

  private int show(ApiKeys.NewKey key) {
    out()
        .printf("id       %s%nkey      %s%nexpires  %s%n", key.id(), key.secret(), key.expiresAt());
    return 0;
  }

  private int refuse(String why) {
    spec.commandLine().getErr().println(why);
    return 1;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
