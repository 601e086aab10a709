package dev.mainstay.api.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.mainstay.api.ApiProperties;
import dev.mainstay.db.intake.IntakeNotifier;
import dev.mainstay.db.intake.IntakeWake;
import java.time.InstantSource;
import org.jooq.DSLContext;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class Databases {

  @Bean
  @ConditionalOnMissingBean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  DSLContext database(HikariDataSource pool, @Qualifier("intakePool") HikariDataSource intakePool) {
    return DSL.using(
        new CommandAwareDataSource(intakePool, pool),
        SQLDialect.POSTGRES,
        // A row becomes a record by the names of its columns, whatever else it has.
        new Settings().withMapRecordComponentParameterNames(true));
  }

  /**
   * The pool of commands, made like the other pool: so that neither reading nor a flood of payments
   * starves the other.
   */
  @Bean(defaultCandidate = false)
  HikariDataSource intakePool(HikariDataSource pool, ApiProperties properties) {
    HikariConfig config = new HikariConfig();
    pool.copyStateTo(config);
    config.setPoolName("intake");
    config.setMaximumPoolSize(properties.concurrentInserts());
    // All of them from the start: a flood does not wait for connections to be made.
    config.setMinimumIdle(properties.concurrentInserts());
    return new HikariDataSource(config);
  }

  @Bean(defaultCandidate = false)
  TransactionOperations commandTransactions(
      @Qualifier("intakePool") HikariDataSource intakePool, ApiProperties properties) {
    return new BoundedTransactions(
        new TransactionTemplate(new JdbcTransactionManager(intakePool)),
        properties.concurrentInserts());
  }

  @Bean
  @ConditionalOnMissingBean
  IntakeWake intakeWake(
      DSLContext database,
      @Qualifier("intakeNotifications") SimpleAsyncTaskScheduler scheduler,
      InstantSource clock) {
    return new IntakeNotifier(database, scheduler, clock);
  }

  @Bean(defaultCandidate = false)
  SimpleAsyncTaskScheduler intakeNotifications() {
    SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
    scheduler.setVirtualThreads(true);
    scheduler.setThreadNamePrefix("intake-notify-");
    return scheduler;
  }
}
