package dev.mainstay.api.event;

import static dev.mainstay.db.generated.Tables.READ_EVENTS;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.db.generated.Routines;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Reads events in order, as far as no running transaction can still write one before them. */
@Component
class EventQueries {

  private final DSLContext database;

  EventQueries(DSLContext database) {
    this.database = database;
  }

  /**
   * The events behind a position that the client may see.
   *
   * @throws Refusal if the position is none of this database's
   */
  EventPage read(EventQuery query, ApiClient client) {
    EventPosition after =
        query.after() == null
            ? EventPosition.BEGINNING
            : EventPosition.parse(query.after())
                .orElseThrow(() -> refuse("is no `next` that was given here"));
    var read =
        database
            .selectFrom(
                READ_EVENTS.call(
                    after.transactionText(),
                    after.id(),
                    query.type(),
                    client.readsAll() ? null : client.owner(),
                    query.limitOrDefault()))
            .fetch();
    if (read.isEmpty()) {
      requireBeforeLine(after);
      return new EventPage(List.of(), after.toString());
    }
    List<Event> items =
        read.stream()
            .filter(row -> row.get(READ_EVENTS.VISIBLE))
            .map(row ->
                new Event(
                    row.get(READ_EVENTS.ID),
                    row.get(READ_EVENTS.TYPE),
                    row.get(READ_EVENTS.SUBJECT_ID),
                    row.get(READ_EVENTS.AT),
                    row.get(READ_EVENTS.CORRELATION_ID),
                    row.get(READ_EVENTS.BODY).data()))
            .toList();
    var last = read.getLast();
    return new EventPage(
        items, EventPosition.of(last.get(READ_EVENTS.XID), last.get(READ_EVENTS.ID)).toString());
  }

  /** A follower that is ahead of the database would miss what is written until it has caught up. */
  private void requireBeforeLine(EventPosition after) {
    long line = Long.parseUnsignedLong(Routines.oldestOpenXid(database.configuration()));
    if (Long.compareUnsigned(after.transaction(), line) >= 0) {
      throw refuse("is ahead of this database: was it restored from a backup?");
    }
  }

  private static Refusal refuse(String why) {
    return Refusal.field("/after", why);
  }
}
