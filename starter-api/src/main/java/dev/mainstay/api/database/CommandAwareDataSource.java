package dev.mainstay.api.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Gives the connection of the command's transaction inside a command, and one of the pool for
 * reading elsewhere: so the same queries serve both.
 */
final class CommandAwareDataSource extends AbstractDataSource {

  private final DataSource commandPool;
  private final DataSource commands;
  private final DataSource reads;

  CommandAwareDataSource(DataSource commandPool, DataSource readPool) {
    this.commandPool = commandPool;
    this.commands = new TransactionAwareDataSourceProxy(commandPool);
    this.reads = new TransactionAwareDataSourceProxy(readPool);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return TransactionSynchronizationManager.hasResource(commandPool)
        ? commands.getConnection()
        : reads.getConnection();
  }

  @Override
  public Connection getConnection(String user, String password) {
    throw new UnsupportedOperationException("The pools know their user");
  }
}
