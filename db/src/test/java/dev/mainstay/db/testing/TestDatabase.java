package dev.mainstay.db.testing;

import dev.mainstay.db.generated.Routines;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A migrated, empty database of its own for each test that asks for one, in one PostgreSQL for the
 * whole JVM: an embedded one, or the one that the property {@code mainstay.test.postgres} names.
 * Tests use it in the application's role, so that a missing grant fails them. Not durable (fsync is
 * off): never measure with it.
 */
public final class TestDatabase implements AutoCloseable {

  /** Those that a test has given back. */
  private static final Deque<EmptyDatabase> empty = new ConcurrentLinkedDeque<>();

  private final EmptyDatabase database;
  private final Lease lease;
  private final DSLContext dsl;
  private final TransactionTemplate transaction;
  private volatile boolean reusable = true;

  private TestDatabase(EmptyDatabase database) {
    this.database = database;
    this.lease = new Lease(database.dataSource());
    this.dsl = DSL.using(new TransactionAwareDataSourceProxy(lease), SQLDialect.POSTGRES);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(lease));
  }

  /** One without rows: a new one, or one that has been emptied. */
  public static TestDatabase create() {
    EmptyDatabase emptied = empty.poll();
    return emptied == null ? createNew() : new TestDatabase(emptied);
  }

  /** One that nobody has used: for a test that looks at plans, pages or statistics. */
  public static TestDatabase createNew() {
    return new TestDatabase(new EmptyDatabase());
  }

  /** jOOQ in the application's role; takes part in {@link #transaction()}. */
  public DSLContext dsl() {
    return dsl;
  }

  public TransactionTemplate transaction() {
    return transaction;
  }

  public DataSource dataSource() {
    return lease;
  }

  /** How many of the application's connections somebody holds now. */
  public int connectionsInUse() {
    return database.connectionsInUse();
  }

  /** A superuser's jOOQ, to see or break what the application may not. */
  public DSLContext admin() {
    return DSL.using(TestServer.database("postgres", database.name()), SQLDialect.POSTGRES);
  }

  /** An id as the tables get them: UUID v7. */
  public UUID newId() {
    return Routines.newId(dsl.configuration());
  }

  /**
   * The invariant checker's findings, as {@code rule}: empty unless something was lost or doubled.
   */
  public List<String> violations() {
    return dsl.fetch("select rule from invariant_violation order by rule")
        .getValues("rule", String.class);
  }

  /** Every row of every table, so that two moments can be compared. */
  public Map<String, List<String>> contents() {
    return database.contents();
  }

  /**
   * A JDBC URL for a role; the tests' PostgreSQL asks nobody for a password. No other test gets the
   * database afterwards, as somebody may still be connected to it.
   */
  public String url(String role) {
    reusable = false;
    return TestServer.url(role, database.name());
  }

  @Override
  public void close() {
    if (lease.end()) {
      if (reusable && database.empty()) {
        empty.push(database);
      } else {
        database.close();
      }
    }
  }

  /** One test's lease of the pool, until the end of the test. */
  private static final class Lease extends DelegatingDataSource {

    private final AtomicBoolean ended = new AtomicBoolean();

    Lease(DataSource pool) {
      super(pool);
    }

    /** False where it has ended before. */
    boolean end() {
      return ended.compareAndSet(false, true);
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (ended.get()) {
        throw new SQLException("The test that had this database is over");
      }
      return super.getConnection();
    }
  }
}
