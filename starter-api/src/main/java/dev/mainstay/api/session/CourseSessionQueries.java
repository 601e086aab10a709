package dev.mainstay.api.session;

import static dev.mainstay.db.generated.Tables.ALLOCATION;
import static dev.mainstay.db.generated.Tables.COURSE_SESSION;
import static dev.mainstay.db.generated.Tables.INVOICE;
import static dev.mainstay.db.generated.Tables.MESSAGE;
import static dev.mainstay.db.generated.Tables.PURCHASE_REQUEST;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.select;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.db.generated.Routines;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

@Component
class CourseSessionQueries {

  private final DSLContext database;

  CourseSessionQueries(DSLContext database) {
    this.database = database;
  }

  /** A session of a purchase that the client may see. */
  Optional<CourseSession> find(UUID id, ApiClient client) {
    return database
        .select(
            COURSE_SESSION.ID,
            ALLOCATION.PURCHASE_ID,
            COURSE_SESSION.TRAINER_ID,
            COURSE_SESSION.ORDINAL.coerce(Integer.class),
            COURSE_SESSION.SCHEDULED_DATE,
            COURSE_SESSION.SCHEDULED_TIME,
            COURSE_SESSION.ZONE,
            COURSE_SESSION.STARTS_AT,
            COURSE_SESSION.ENDS_AT,
            COURSE_SESSION.STATUS,
            COURSE_SESSION.DELIVERED_AT,
            field(
                select(min(MESSAGE.SENT_AT))
                    .from(MESSAGE)
                    .where(
                        MESSAGE.EVENT_ID.eq(
                            Routines.appointmentEventId(
                                COURSE_SESSION.ID, COURSE_SESSION.STARTS_AT)))),
            Routines.sessionGross(
                INVOICE.AMOUNT_MINOR,
                ALLOCATION.SESSIONS.cast(Integer.class),
                COURSE_SESSION.ORDINAL.cast(Integer.class)),
            INVOICE.CURRENCY)
        .from(COURSE_SESSION)
        .join(ALLOCATION)
        .on(ALLOCATION.ID.eq(COURSE_SESSION.ALLOCATION_ID))
        .join(INVOICE)
        .on(INVOICE.PURCHASE_ID.eq(ALLOCATION.PURCHASE_ID))
        .join(PURCHASE_REQUEST)
        .on(PURCHASE_REQUEST.PURCHASE_ID.eq(ALLOCATION.PURCHASE_ID))
        .where(COURSE_SESSION.ID.eq(id), client.seesBesideWebhooks(PURCHASE_REQUEST.CLIENT))
        .fetchOptional(mapping(CourseSession::new));
  }
}
