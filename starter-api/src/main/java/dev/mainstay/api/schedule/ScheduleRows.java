package dev.mainstay.api.schedule;

import static dev.mainstay.db.generated.Tables.PROCESS;
import static dev.mainstay.db.generated.Tables.SCHEDULE;
import static org.jooq.Records.mapping;
import static org.jooq.impl.DSL.noCondition;

import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** The schedules that the worker hosts wrote down, readable while Temporal is unavailable. */
@Component
class ScheduleRows {

  private final DSLContext database;

  ScheduleRows(DSLContext database) {
    this.database = database;
  }

  Optional<ScheduleRow> find(String id) {
    return read(SCHEDULE.ID.eq(id)).stream().findFirst();
  }

  List<ScheduleRow> all() {
    return read(noCondition());
  }

  private List<ScheduleRow> read(Condition condition) {
    return database
        .select(
            SCHEDULE.ID,
            SCHEDULE.PROCESS,
            PROCESS.ENABLED,
            SCHEDULE.WORKFLOW_ID,
            SCHEDULE.TIMING,
            SCHEDULE.ZONE,
            SCHEDULE.CATCH_UP_SECONDS,
            SCHEDULE.NOTE)
        .from(SCHEDULE)
        .join(PROCESS)
        .on(PROCESS.NAME.eq(SCHEDULE.PROCESS))
        .where(condition)
        .orderBy(SCHEDULE.ID)
        .fetch(mapping(ScheduleRow::new));
  }
}
