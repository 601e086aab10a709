package dev.mainstay.api.stripe;

import static dev.mainstay.db.generated.Tables.WEBHOOK_NOTICE;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.db.generated.tables.records.WebhookNoticeRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Counts the events that were set aside, for every process that shows health. */
@Component
public class WebhookNotices {

  private static final int LONGEST_TYPE = 100;

  private final CommandRunner commands;
  private final DSLContext database;
  private final InstantSource clock;

  WebhookNotices(CommandRunner commands, DSLContext database, InstantSource clock) {
    this.commands = commands;
    this.database = database;
    this.clock = clock;
  }

  /** By provider and reason; empty if no event was ever set aside. */
  public List<WebhookNotice> list() {
    return database
        .selectFrom(WEBHOOK_NOTICE)
        .orderBy(WEBHOOK_NOTICE.PROVIDER, WEBHOOK_NOTICE.REASON)
        .fetch()
        .stream()
        .flatMap(WebhookNotices::notice)
        .toList();
  }

  void record(SetAside reason, String type) {
    Instant now = clock.instant();
    String shortType = type.substring(0, Math.min(type.length(), LONGEST_TYPE));
    commands.doInTransaction(() ->
        database
            .insertInto(WEBHOOK_NOTICE)
            .set(WEBHOOK_NOTICE.PROVIDER, StripeEvents.PROVIDER)
            .set(WEBHOOK_NOTICE.REASON, reason.text())
            .set(WEBHOOK_NOTICE.FIRST_AT, now)
            .set(WEBHOOK_NOTICE.LAST_AT, now)
            .set(WEBHOOK_NOTICE.LAST_TYPE, shortType)
            .onConflict(WEBHOOK_NOTICE.PROVIDER, WEBHOOK_NOTICE.REASON)
            .doUpdate()
            .set(WEBHOOK_NOTICE.COUNT, WEBHOOK_NOTICE.COUNT.plus(1))
            .set(WEBHOOK_NOTICE.LAST_AT, now)
            .set(WEBHOOK_NOTICE.LAST_TYPE, shortType)
            .execute());
  }

  private static Stream<WebhookNotice> notice(WebhookNoticeRecord row) {
    return SetAside.of(row.getReason())
        .map(reason ->
            new WebhookNotice(
                row.getProvider(),
                reason.text(),
                row.get(WEBHOOK_NOTICE.COUNT),
                row.getFirstAt(),
                row.getLastAt(),
                row.getLastType(),
                reason.advice()))
        .stream();
  }
}
