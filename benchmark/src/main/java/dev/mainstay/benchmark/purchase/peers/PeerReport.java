package dev.mainstay.benchmark.purchase.peers;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * {@code docs/performance.md}.
 *
 * @param tables for each of Temporal's stores, of the last run that counts
 */
record PeerReport(List<PeerTable> tables) {

  /** The whole page. */
  String page() {
    return """
    # Performance

    `./mainstay bench purchase --peers` writes this page. Do not edit it. Run the benchmark again.

    The product, other durable engines and plain SQL run the same purchases: the product's own three steps, with seven sessions each. They take turns on
    one machine and one durable PostgreSQL (fsync and synchronous commit on). Each round begins after a checkpoint, with the same students and trainers
    and no purchases. After each round the benchmark checks that every purchase is complete and no invariant is violated.

    %s
    ## How to read the tables

    - Everything runs on one machine, including Temporal's servers.
    - *per second*: the median of the rounds that count. A round counts if others (other processes, other guests of the host) had at most a tenth of the
      machine. *spread*: the slowest and the fastest of these rounds. *rounds*: those that count / all.
    - `*` after an engine's name: most of its rounds do not count, so the line does not count either.
    - *vs plain*: the throughput relative to one plain transaction per purchase. *vs flood*: how many times faster the product is in a flood.
    - *CPU*: milliseconds per purchase, of whole processes. The engines share the JVM with the sandbox's idle applications.
    - *commits*: writing transactions in PostgreSQL per purchase, including the engine's own. With Temporal on PostgreSQL they include Temporal's. The same
      engine's line with Temporal on a file shows the number without them.
    - *events*: in the history of one run. A run of a flood carries up to 50 purchases.
    - Temporal on PostgreSQL has the settings of `docker-compose.yml`: one node, 4 shards, `postgres12_pgx`, `deploy/temporal/dynamicconfig.yaml`. The column
      *Postgres* includes the cost of its queries. Of the engines without Temporal, the second table repeats only plain transactions.

    ## How to run it

    Run `./mainstay bench purchase --peers` on a machine that does nothing else. It starts its own servers. It writes a table here only if the lines for
    plain transactions and for the flood count, because all others are compared with them. `benchmark/results` always has every round.
    `--temporal-on file` or `--temporal-on postgres` measures one table only.

    ## Limits of these figures

    - They say nothing about another machine or a network. Everything runs on one machine, and the load competes with what is measured.
    - JobRunr, db-scheduler and the product accept all payments at once, durably, and then work. DBOS, the plain port and plain SQL get %d at a time. The rest
      waits with the caller and is lost with it.
    - Payments come from the same process. Over HTTP, with a signature, each payment costs the product more: see `./mainstay bench purchase`.
    - JobRunr polls every 5 seconds, its shortest interval, which weighs on short runs. db-scheduler locks and fetches in one statement.
    - Only the line "with messages" sends messages. Sending continues after the last purchase is active and is not measured to its end.
    - Temporal is one process on one machine, beside its database. A cluster of several nodes with its 512 shards was not measured.
    - They say nothing about failures, which are the reason to use such an engine.
    """
        .formatted(tables.stream().map(PeerTable::text).collect(joining("\n")), Stage.AT_ONCE);
  }
}
