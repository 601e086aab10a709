package dev.mainstay.api.attention;

import static dev.mainstay.db.generated.Tables.ATTENTION;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import dev.mainstay.api.page.PageQuery;
import dev.mainstay.db.generated.tables.records.AttentionRecord;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.springframework.stereotype.Component;

/** Reads the inbox, in the order in which items were opened. */
@Component
class AttentionQueries {

  private final DSLContext database;

  AttentionQueries(DSLContext database) {
    this.database = database;
  }

  Optional<AttentionRecord> find(UUID id) {
    return database.selectFrom(ATTENTION).where(ATTENTION.ID.eq(id)).fetchOptional();
  }

  /** A page of items, and one more where another page follows. */
  List<AttentionRecord> list(Condition condition, PageQuery page) {
    Condition behind =
        page.after() == null
            ? condition
            : condition.and(
                row(ATTENTION.OPENED_AT, ATTENTION.ID)
                    .gt(
                        select(ATTENTION.OPENED_AT, ATTENTION.ID)
                            .from(ATTENTION)
                            .where(ATTENTION.ID.eq(page.after()))));
    return database
        .selectFrom(ATTENTION)
        .where(behind)
        .orderBy(ATTENTION.OPENED_AT, ATTENTION.ID)
        .limit(page.withOneMore())
        .fetch();
  }
}
