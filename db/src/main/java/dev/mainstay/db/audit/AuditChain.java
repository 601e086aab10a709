package dev.mainstay.db.audit;

import static java.util.Objects.requireNonNull;

import dev.mainstay.db.Sha256;
import dev.mainstay.db.generated.Routines;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the chain of blocks that seals the audit log, without the database's own functions: a
 * row that was changed, added behind the back or taken out breaks the block that holds it.
 */
public final class AuditChain {

  private static final int FETCHED_AT_ONCE = 1_000;

  private final DSLContext database;
  private final InstantSource clock;

  public AuditChain(DSLContext database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * The result of checking the log.
   *
   * @param blocks the number of sound blocks, from the first on
   * @param rows the number of rows in these blocks
   * @param dropped the number of these rows that could not be checked, as their month is no longer
   *     kept
   * @param unsealed the number of rows that wait for the next block
   * @param head the hash of the last sound block in hexadecimal: noted elsewhere, it shows later
   *     that no block was removed from the end
   * @param broken the first block that is not sound
   */
  public record Verdict(
      long blocks, long rows, long dropped, long unsealed, String head, Optional<Broken> broken) {}

  /** A block that is not sound, and why. */
  public record Broken(long block, String why) {}

  /** Looks at every block up to the first that is not sound, all in one snapshot. */
  public Verdict verify() {
    return database.transactionResult(transaction -> {
      DSLContext snapshot = transaction.dsl();
      snapshot.execute("set transaction isolation level repeatable read, read only");
      return verify(snapshot);
    });
  }

  private Verdict verify(DSLContext snapshot) {
    // The database drops no month that is younger.
    int months = requireNonNull(Routines.auditMonthsKept(snapshot.configuration()));
    Instant kept = clock.instant().atZone(ZoneOffset.UTC).minusMonths(months).toInstant();
    Line line = Line.FIRST;
    String head = "";
    long blocks = 0;
    long rows = 0;
    long dropped = 0;
    for (Block block : snapshot.fetch(Block.QUERY).map(Block::of)) {
      Content content = content(snapshot, line, block.end());
      boolean gone = content.rows() < block.rows() && block.firstAt().isBefore(kept);
      String flaw = block.flaw(blocks + 1, head, gone ? block.claimed() : content);
      if (flaw != null) {
        return new Verdict(
            blocks, rows, dropped, 0, head, Optional.of(new Broken(block.number(), flaw)));
      }
      line = block.end();
      head = block.hash();
      blocks++;
      rows += block.rows();
      dropped += gone ? block.rows() - content.rows() : 0;
    }
    return new Verdict(blocks, rows, dropped, unsealed(snapshot, line), head, Optional.empty());
  }

  private static Content content(DSLContext snapshot, Line from, Line to) {
    MessageDigest digest = Sha256.digest();
    long count = 0;
    try (Cursor<Record> rows =
        snapshot
            .resultQuery(
                """
                select id::text, xid::text, at, by, action, subject, subject_id::text, reason, outcome, detail,
                       correlation_id
                from audit_event
                where (audit_event.xid, audit_event.id) > (?::xid8, ?)
                  and (audit_event.xid, audit_event.id) <= (?::xid8, ?)
                order by audit_event.xid, audit_event.id
                """,
                from.xid(),
                from.id(),
                to.xid(),
                to.id())
            .fetchSize(FETCHED_AT_ONCE)
            .fetchLazy()) {
      for (Record row : rows) {
        count++;
        for (int i = 0; i < row.size(); i++) {
          digest.update(
              field(i == 2 ? micros(row.get(i, Instant.class)) : row.get(i, String.class)));
        }
      }
    }
    return new Content(count, hex(digest.digest()));
  }

  private static long unsealed(DSLContext snapshot, Line from) {
    return snapshot
        .fetchSingle(
            "select count(*) from audit_event where (xid, id) > (?::xid8, ?)",
            from.xid(),
            from.id())
        .into(long.class);
  }

  /** As the database's {@code audit_field}: no two sequences of fields read alike. */
  private static byte[] field(@Nullable String text) {
    if (text == null) {
      return "-".getBytes(StandardCharsets.UTF_8);
    }
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    return (length + ":" + text).getBytes(StandardCharsets.UTF_8);
  }

  private static String micros(Instant at) {
    return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, at));
  }

  private static String hex(byte[] hash) {
    return HexFormat.of().formatHex(hash);
  }

  /** A place in the order of the log. */
  private record Line(String xid, UUID id) {
    static final Line FIRST = new Line("0", new UUID(0, 0));
  }

  /** How many rows lie between two lines, and the hash over them in hexadecimal. */
  private record Content(long rows, String hash) {}

  private record Block(
      long number, Line end, Instant firstAt, Content claimed, String previousHash, String hash) {

    static final String QUERY =
        """
        select number, last_xid::text, last_id, first_at, rows, encode(rows_hash, 'hex'), encode(previous_hash, 'hex'),
               encode(hash, 'hex')
        from audit_block
        order by number
        """;

    static Block of(Record row) {
      return new Block(
          row.get(0, long.class),
          new Line(row.get(1, String.class), row.get(2, UUID.class)),
          row.get(3, Instant.class),
          new Content(row.get(4, long.class), row.get(5, String.class)),
          row.get(6, String.class),
          row.get(7, String.class));
    }

    long rows() {
      return claimed.rows();
    }

    @Nullable String flaw(long expectedNumber, String before, Content found) {
      if (number != expectedNumber) {
        return "block " + expectedNumber + " is missing before it";
      }
      if (!previousHash.equals(before)) {
        return "it does not follow from the block before";
      }
      if (found.rows() != rows()) {
        return "it has %d rows and was sealed with %d".formatted(found.rows(), rows());
      }
      if (!found.hash().equals(claimed.hash())) {
        return "a row of it was changed";
      }
      return hash.equals(computed()) ? null : "the block itself was changed";
    }

    private String computed() {
      MessageDigest digest = Sha256.digest();
      digest.update(field(Long.toString(number)));
      digest.update(field(end.xid()));
      digest.update(field(end.id().toString()));
      digest.update(field(micros(firstAt)));
      digest.update(field(Long.toString(rows())));
      digest.update(HexFormat.of().parseHex(claimed.hash()));
      return hex(digest.digest(HexFormat.of().parseHex(previousHash)));
    }
  }
}
