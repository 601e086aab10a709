package dev.mainstay.worker.schedule;

import static dev.mainstay.db.generated.Tables.PROCESS;
import static dev.mainstay.db.generated.Tables.SCHEDULE;

import dev.mainstay.db.generated.tables.records.ScheduleRecord;
import dev.mainstay.worker.module.ScheduleDefinition;
import dev.mainstay.worker.module.WorkerModule;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.transaction.support.TransactionOperations;

/** The host's list of its processes, for every reader of the database. */
final class ProcessRows {

  private final DSLContext database;
  private final TransactionOperations transaction;

  ProcessRows(DSLContext database, TransactionOperations transaction) {
    this.database = database;
    this.transaction = transaction;
  }

  void write(WorkerModule module, boolean enabled, List<WantedSchedule> schedules) {
    transaction.executeWithoutResult(_ -> {
      database
          .insertInto(PROCESS)
          .set(PROCESS.NAME, module.name())
          .set(PROCESS.ENABLED, enabled)
          .set(PROCESS.KINDS, module.kinds().toArray(String[]::new))
          .onConflict(PROCESS.NAME)
          .doUpdate()
          .setAllToExcluded()
          .execute();
      schedules.forEach(schedule -> write(module.name(), schedule.definition()));
      database
          .deleteFrom(SCHEDULE)
          .where(
              SCHEDULE.PROCESS.eq(module.name()),
              SCHEDULE.ID.notIn(schedules.stream().map(WantedSchedule::id).toList()))
          .execute();
    });
  }

  private void write(String process, ScheduleDefinition definition) {
    ScheduleRecord row = new ScheduleRecord();
    row.setId(definition.id());
    row.setProcess(process);
    row.setWorkflowId(definition.workflowId());
    row.setTiming(definition.timing().words());
    row.setZone(definition.zone().orElseThrow().getId());
    row.setCatchUpSeconds((int) definition.catchUp().toSeconds());
    row.setTimeoutSeconds((int) definition.timeout().toSeconds());
    row.setNote(definition.note());
    database
        .insertInto(SCHEDULE)
        .set(row)
        .onConflict(SCHEDULE.ID)
        .doUpdate()
        .setAllToExcluded()
        .execute();
  }
}
