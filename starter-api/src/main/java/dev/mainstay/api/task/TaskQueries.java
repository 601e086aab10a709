package dev.mainstay.api.task;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static dev.mainstay.db.generated.Tables.MESSAGE;
import static dev.mainstay.db.generated.Tables.TASK;
import static org.jooq.impl.DSL.multiset;
import static org.jooq.impl.DSL.select;

import dev.mainstay.api.access.ApiClient;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.workflows.task.TaskWorkflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record1;
import org.springframework.stereotype.Component;

/** Reads tasks with the outcomes of their mails, each page in one statement. */
@Component
class TaskQueries {

  private static final Field<List<Task.Message>> MESSAGES =
      multiset(
              select(MESSAGE.ID, MESSAGE.STATUS, MESSAGE.REASON)
                  .from(MESSAGE)
                  .where(MESSAGE.SUBJECT_ID.eq(TASK.ID)))
          .convertFrom(
              rows -> rows.map(row -> new Task.Message(row.value1(), row.value2(), row.value3())));

  private static final Field<List<UUID>> OPEN =
      multiset(
              select(ATTENTION.ID)
                  .from(ATTENTION)
                  .where(ATTENTION.SUBJECT_ID.eq(TASK.ID), ATTENTION.STATUS.eq("open"))
                  .orderBy(ATTENTION.ID))
          .convertFrom(rows -> rows.map(Record1::value1));

  private final DSLContext database;

  TaskQueries(DSLContext database) {
    this.database = database;
  }

  Optional<Task> find(UUID id, ApiClient client) {
    return read(TASK.ID.eq(id).and(client.sees(TASK.CLIENT)), 1).stream().findFirst();
  }

  Page<Task> list(TaskQuery query, PageQuery page, ApiClient client) {
    Condition condition = client.sees(TASK.CLIENT).and(TASK.ID.gt(page.above()));
    if (query.customer() != null) {
      condition = condition.and(TASK.CUSTOMER_ID.eq(query.customer()));
    }
    if (query.status() != null) {
      condition = condition.and(TASK.STATUS.eq(query.status().name()));
    }
    return Page.of(read(condition, page.withOneMore()), page, Task::id);
  }

  private List<Task> read(Condition condition, int limit) {
    return database
        .select(TASK.asterisk(), MESSAGES, OPEN)
        .from(TASK)
        .where(condition)
        .orderBy(TASK.ID)
        .limit(limit)
        .fetch(row -> {
          var task = row.into(TASK);
          return new Task(
              task.getId(),
              task.getType(),
              task.getCustomerId(),
              TaskWorkflow.id(task.getId()),
              task.getStatus(),
              task.getReason(),
              task.getPriority(),
              task.getMaxRetries(),
              task.getNotBefore(),
              Optional.ofNullable(task.getTimeoutSeconds()).map(Duration::ofSeconds).orElse(null),
              task.getCreatedAt(),
              task.getStartedAt(),
              task.getEndedAt(),
              row.get(MESSAGES).stream().findFirst().orElse(null),
              row.get(OPEN));
        });
  }
}
