package dev.mainstay.db.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A copy of the migrated database that is emptied after each test. To copy it, to connect to it and
 * to plan its statements costs more than most tests do.
 */
final class EmptyDatabase {

  /** With more, what its rows leave behind would slow down the next test. */
  private static final long MAX_BYTES = 4 << 20;

  private static final int CONNECTIONS = 16;

  private static final AtomicInteger copies = new AtomicInteger();

  private final String name = "test_" + copies.incrementAndGet();
  private final HikariDataSource pool;
  private final DSLContext superuser;
  private final String schemaWhenNew;

  /** It is never dropped: it ends with its server. */
  EmptyDatabase() {
    TestServer.execute(
        TestServer.database("postgres", "postgres"),
        "create database " + name + " template " + TestServer.TEMPLATE);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(TestServer.url("mainstay_app", name));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(3_000);
    pool = new HikariDataSource(config);
    superuser =
        DSL.using(
            new SingleConnectionDataSource(TestServer.url("postgres", name), true),
            SQLDialect.POSTGRES);
    schemaWhenNew = schema(superuser);
  }

  String name() {
    return name;
  }

  DataSource dataSource() {
    return pool;
  }

  int connectionsInUse() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /** The rows of each table. */
  Map<String, List<String>> contents() {
    return superuser
        .fetch(
            "select relname from pg_stat_user_tables where relname <> 'flyway_schema_history' order by relname")
        .getValues("relname", String.class)
        .stream()
        .collect(
            Collectors.toMap(
                table -> table,
                table ->
                    superuser
                        .fetch("select t::text as row from " + table + " t order by 1")
                        .getValues("row", String.class)));
  }

  /**
   * Deletes all rows but those of the migrations, and starts the sequences anew.
   *
   * @return whether it is as good as new: not where a test still uses it or has changed its schema
   */
  boolean empty() {
    if (connectionsInUse() > 0 || !schema(superuser).equals(schemaWhenNew)) {
      return false;
    }
    var used = superuser.fetch(Template.TABLES_WITH_PAGES);
    if (used.stream().mapToLong(table -> table.get("bytes", Long.class)).sum() > MAX_BYTES) {
      return false;
    }
    superuser.transaction(transaction -> {
      DSLContext dsl = transaction.dsl();
      // neither foreign keys nor triggers that refuse
      dsl.execute("set local session_replication_role = replica");
      dsl.batch(used.map(table -> DSL.query("delete from " + table.get("name", String.class))))
          .execute();
      dsl.batch(Template.ROWS.stream().map(DSL::query).toList()).execute();
      dsl.execute("select setval(seqrelid::regclass, seqstart, false) from pg_sequence");
    });
    return true;
  }

  void close() {
    pool.close();
  }

  /**
   * Changes with the definition of a table, an index, a function, a trigger or a constraint, and
   * with the planner's statistics.
   */
  private static String schema(DSLContext superuser) {
    return superuser
        .fetchSingle(
            """
            select string_agg(concat(count, '/', latest), ' ')
            from (select count(*), max(xmin::text::bigint) as latest from pg_class
                  union all select count(*), max(xmin::text::bigint) from pg_attribute
                  union all select count(*), max(xmin::text::bigint) from pg_proc
                  union all select count(*), max(xmin::text::bigint) from pg_trigger
                  union all select count(*), max(xmin::text::bigint) from pg_constraint
                  union all select count(*), max(xmin::text::bigint) from pg_statistic) c
            """)
        .into(String.class);
  }

  /** The template of every copy. */
  private static final class Template {

    static final String TABLES_WITH_PAGES =
        """
        select oid::regclass::text as name, pg_relation_size(oid) as bytes
        from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace and pg_relation_size(oid) > 0
          and relname <> 'flyway_schema_history'
        """;

    /** The statements that insert the migrations' rows. */
    static final List<String> ROWS;

    static {
      DSLContext dsl =
          DSL.using(TestServer.database("postgres", TestServer.TEMPLATE), SQLDialect.POSTGRES);
      ROWS = dsl.fetch(TABLES_WITH_PAGES).map(table -> insert(dsl, table));
    }

    private static String insert(DSLContext dsl, Record table) {
      String name = table.get("name", String.class);
      return dsl.fetchSingle(
              """
              select format('insert into %1$s select * from jsonb_populate_recordset(null::%1$s, %2$L)',
                            ?::regclass, jsonb_agg(t))
              from %s t
              """
                  .replace("%s t", name + " t"),
              name)
          .into(String.class);
    }
  }
}
