package dev.mainstay.activities.step;

import dev.mainstay.workflows.step.DatabaseSteps;
import org.jooq.DSLContext;

/** Asks the database for a sign of life. */
public final class DatabaseStepsImpl implements DatabaseSteps {

  private final DSLContext database;

  public DatabaseStepsImpl(DSLContext database) {
    this.database = database;
  }

  @Override
  public void awaitDatabase() {
    database.selectOne().fetch();
  }
}
