package dev.mainstay.benchmark.purchase;

import com.zaxxer.hikari.HikariDataSource;
import dev.mainstay.sandbox.server.DatabaseAddress;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** The product's database in the application's role, by a pool of its own. */
public final class ProductDatabase implements AutoCloseable {

  private final HikariDataSource pool;
  private final DSLContext jooq;
  private final TransactionTemplate transaction;

  public ProductDatabase(DatabaseAddress address, int connections) {
    this.pool = pool(address, connections);
    this.jooq = DSL.using(new TransactionAwareDataSourceProxy(pool), SQLDialect.POSTGRES);
    this.transaction = new TransactionTemplate(new DataSourceTransactionManager(pool));
  }

  /** A pool that keeps all its connections, so that what their backends spend is seen. */
  public static HikariDataSource pool(DatabaseAddress address, int connections) {
    var pool = new HikariDataSource();
    pool.setJdbcUrl("jdbc:postgresql://" + address.place());
    pool.setUsername(address.user());
    pool.setPassword(address.password());
    pool.setMaximumPoolSize(connections);
    return pool;
  }

  public DSLContext jooq() {
    return jooq;
  }

  public TransactionOperations transaction() {
    return transaction;
  }

  public DataSource dataSource() {
    return pool;
  }

  @Override
  public void close() {
    pool.close();
  }
}
