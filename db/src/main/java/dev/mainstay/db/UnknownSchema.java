package dev.mainstay.db;

import org.flywaydb.core.api.MigrationInfo;

/** The schema was made by migrations that this release does not have, or has in another form. */
public final class UnknownSchema extends RuntimeException {

  private static final long serialVersionUID = 1;

  UnknownSchema(MigrationInfo migration) {
    super(
        "The database has the schema of an unreleased version (migration %s, %s), which cannot be upgraded; a sandbox starts empty with ./mainstay up --fresh"
            .formatted(migration.getVersion(), migration.getDescription()));
  }
}
