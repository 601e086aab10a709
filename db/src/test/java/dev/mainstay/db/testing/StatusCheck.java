package dev.mainstay.db.testing;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What a check constraint of the database lets a status be. */
public final class StatusCheck {

  private StatusCheck() {}

  /** The texts that the constraint on {@code status} alone names. */
  public static List<String> of(String table) {
    try (TestDatabase database = TestDatabase.create()) {
      String check =
          database
              .dsl()
              .fetchSingle(
                  """
                  select pg_get_constraintdef(c.oid)
                  from pg_catalog.pg_constraint c
                  join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and c.conkey = array [a.attnum]
                  where c.conrelid = ?::regclass and c.contype = 'c' and a.attname = 'status'
                  """,
                  table)
              .into(String.class);
      return Pattern.compile("'([a-z-]+)'")
          .matcher(check)
          .results()
          .map((MatchResult found) -> found.group(1))
          .toList();
    }
  }
}
