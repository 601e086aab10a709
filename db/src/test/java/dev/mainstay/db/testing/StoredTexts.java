package dev.mainstay.db.testing;

import static java.util.stream.Collectors.toSet;

import java.util.Set;
import java.util.regex.Pattern;

/** The texts that stand in the database for what is an enum in Java, to hold one to the other. */
public final class StoredTexts {

  private StoredTexts() {}

  /** The texts that a column's own check constraint allows. */
  public static Set<String> checked(TestDatabase database, String table, String column) {
    return found(
        "'([a-z-]+)'",
        database
            .dsl()
            .fetchSingle(
                """
                select pg_get_constraintdef(c.oid)
                from pg_catalog.pg_constraint c
                join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and c.conkey = array [a.attnum]
                where c.conrelid = ?::regclass and c.contype = 'c' and a.attname = ?
                """,
                table,
                column)
            .into(String.class));
  }

  /** The texts that functions return themselves, other than a column's values. */
  public static Set<String> answered(TestDatabase database, String... functions) {
    return found(
        "(?:return|then|else|:=) '([a-z-]+)'",
        database
            .dsl()
            .fetchSingle(
                "select string_agg(prosrc, '') from pg_catalog.pg_proc where proname = any (?)",
                (Object) functions)
            .into(String.class));
  }

  /** The moves that the trigger of a table lets its status make, as {@code open > paid}. */
  public static Set<String> moves(TestDatabase database, String table) {
    return found(
        "'([a-z-]+ > [a-z-]+)'",
        database
            .dsl()
            .fetchSingle(
                "select pg_get_triggerdef(oid) from pg_catalog.pg_trigger where tgrelid = ?::regclass and tgname = ?",
                table,
                table + "_moves")
            .into(String.class));
  }

  private static Set<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(toSet());
  }
}
