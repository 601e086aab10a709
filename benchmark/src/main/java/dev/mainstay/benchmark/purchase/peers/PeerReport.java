package dev.mainstay.benchmark.purchase.peers;

import static java.util.stream.Collectors.joining;

import java.util.List;

/**
 * {@code docs/performance.md}.
 *
 * @param tables for each of Temporal's stores, of the last run that counts
 */
record PeerReport(List<PeerTable> tables) {

  /** The whole of it. */
  String page() {
    return """
    # Performance

    Written by `./mainstay bench purchase --peers`. Do not edit: run it again.

    The same purchases (the product's own three steps, seven sessions each), carried by the product, by other durable engines and by plain SQL
    without any, in turn on one machine and one durable PostgreSQL (fsync and synchronous commit on). Each begins with the same students and
    trainers and no purchase, after a checkpoint; after each the database is asked whether every purchase is complete and no invariant violated.

    %s
    ## How to read it

    - Everything is on the one machine, Temporal's servers too.
    - *a second*: median of the rounds in which others had at most a tenth of the machine (*rounds*: such / all); *spread*: the slowest and the fastest.
    - A star: others had more than that in most of its rounds, and the line does not count.
    - *of plain*: against one plain transaction each. *the flood*: how many times as fast the product is in a flood.
    - *CPU*: milliseconds a purchase of whole processes. The engines share the JVM, in which the sandbox's idle applications are too.
    - *commits*: transactions a purchase that wrote in PostgreSQL, the engine's own among them. Temporal's are among them where it is on PostgreSQL;
      the same engine's line with Temporal on a file has the rest.
    - Temporal on PostgreSQL is set up as `docker-compose.yml` does it: one node, 4 shards, `postgres12_pgx`, `deploy/temporal/dynamicconfig.yaml`.
      What its queries cost is in the column of PostgreSQL. Engines without Temporal are not measured there again, but for plain transactions.
    - *events*: in the history of one run; a run of the flood carries up to 50 purchases.

    ## How to run it

    `./mainstay bench purchase --peers` on a machine that does nothing else. It starts servers of its own, and
    writes a table only if the lines that all others are held against count; `benchmark/results` has every round in any case. `--temporal-on file` or
    `postgres` measures one table again.

    ## What the figures do not say

    - Nothing about another machine or a network: everything is on one box, and the load competes with what is measured.
    - JobRunr, db-scheduler and the product accept all payments at once, durably, and then work; DBOS, the plain port and plain SQL are given
      %d at a time, so that the rest waits with the caller, and is lost with it.
    - Payments come from the same process. Over HTTP, with a signature, each costs the product more: `./mainstay bench purchase` shows that.
    - JobRunr looks for work every 5 seconds, the shortest that it takes, which weighs on short runs; db-scheduler locks and fetches in one statement.
    - Nobody is told of a purchase, but in the line that says so; telling goes on after the last purchase is active, and is not measured to its end.
    - Temporal is one process on one machine, beside its database. A cluster of several nodes, with the 512 shards of one, was not measured.
    - Nothing about what happens when something fails, which is what the engines are for.
    """
        .formatted(tables.stream().map(PeerTable::text).collect(joining("\n")), Stage.AT_ONCE);
  }
}
