package dev.mainstay.activities.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.activities.task.PersonalData.Part;
import dev.mainstay.db.testing.TestDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Checks the list of tables with personal data against the tables. */
class PersonalDataTest {

  private static final TestDatabase database = TestDatabase.create();

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void everyTableIsSaidToHoldAPersonsDataOrNot() {
    Set<String> named = new HashSet<>(PersonalData.OTHERS.keySet());
    PersonalData.PARTS.forEach(part -> assertThat(named.add(part.table())).isTrue());

    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            names(
                """
                select c.relname
                from pg_catalog.pg_class c
                where c.relnamespace = 'public'::regnamespace
                  and c.relkind in ('r', 'p')
                  and not c.relispartition
                  and c.relname <> 'flyway_schema_history'
                """));
  }

  @Test
  void whatRefersToACustomerIsFoundByIt() {
    List<String> references =
        names(
            """
            select c.conrelid::regclass || '.' || a.attname
            from pg_catalog.pg_constraint c
            join pg_catalog.pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
            where c.confrelid = 'customer'::regclass and c.contype = 'f'
            union
            select table_name || '.' || column_name
            from information_schema.columns
            join information_schema.tables using (table_schema, table_name)
            where table_schema = 'public'
              and table_type = 'BASE TABLE'
              and column_name in ('customer_id', 'student_id', 'recipient_id')
            """);
    Set<String> found =
        PersonalData.PARTS.stream()
            .flatMap(part ->
                List.of("customer_id", "student_id", "recipient_id").stream()
                    .filter(part.condition()::contains)
                    .map(column -> part.table() + "." + column))
            .collect(Collectors.toSet());
    // Only whose data is gone
    found.add("erasure.customer_id");

    assertThat(references).isNotEmpty().allMatch(found::contains);
  }

  @Test
  void everyPartCanBeRead() {
    for (Part part : PersonalData.PARTS) {
      String query =
          "select to_jsonb(r) from (select %s from %s where %s) r"
              .formatted(part.columns(), part.table(), part.condition());
      assertThat(
              database.dsl().resultQuery(query, org.jooq.impl.DSL.val(UUID.randomUUID())).fetch())
          .isEmpty();
    }
  }

  private static List<String> names(String query) {
    return database.dsl().fetch(query).into(String.class);
  }
}
