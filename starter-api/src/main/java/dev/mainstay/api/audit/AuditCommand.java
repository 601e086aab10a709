package dev.mainstay.api.audit;

import dev.mainstay.api.database.CommandDatabase;
import dev.mainstay.db.audit.AuditChain;
import dev.mainstay.db.audit.AuditChain.Verdict;
import java.io.PrintWriter;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code audit}: proves that the audit log is what was written. */
@Command(
    name = "audit",
    description = "Verifies that nobody has changed the audit log.",
    synopsisSubcommandLabel = "verify",
    mixinStandardHelpOptions = true)
public final class AuditCommand {

  private final AuditChain chain;

  @Spec private CommandSpec spec = CommandSpec.create();

  public AuditCommand(DataSource database) {
    this.chain = new AuditChain(DSL.using(database, SQLDialect.POSTGRES), InstantSource.system());
  }

  /** Runs on the database that {@code DATABASE_URL} names, in a role that may read. */
  public static void main(String[] arguments) {
    System.exit(CommandDatabase.run(AuditCommand::commandLine, arguments));
  }

  /** The command, ready to be executed or put under another. */
  public static CommandLine commandLine(DataSource database) {
    return new CommandLine(new AuditCommand(database));
  }

  @Command(
      description =
          "Recomputes the chain of blocks. Names the first broken block and exits with 1.")
  int verify() {
    Verdict verdict = chain.verify();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "sound    %d blocks with %d rows%nunsealed %d rows%nhead     %s%n",
        verdict.blocks(),
        verdict.rows(),
        verdict.unsealed(),
        verdict.head().isEmpty() ? "none" : verdict.head());
    if (verdict.dropped() > 0) {
      out.printf("dropped  %d of these rows, with their months%n", verdict.dropped());
    }
    verdict
        .broken()
        .ifPresent(broken ->
            spec.commandLine()
                .getErr()
                .printf("BROKEN   block %d: %s%n", broken.block(), broken.why()));
    return verdict.broken().isPresent() ? 1 : 0;
  }
}
