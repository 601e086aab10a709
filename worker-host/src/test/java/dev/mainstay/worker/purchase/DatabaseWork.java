package dev.mainstay.worker.purchase;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jooq.ExecuteContext;
import org.jooq.ExecuteListener;
import org.jooq.ExecuteListenerProvider;
import org.jooq.Result;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The database work of a host's drainer and its steps, without polls that find nothing. */
@Configuration(proxyBeanMethods = false)
class DatabaseWork implements ExecuteListener, TransactionExecutionListener {

  /** The thread that claims rows for runs. */
  static final String DRAINER = "intake-drainer-processes";

  private static final long serialVersionUID = 1;

  private final transient List<Work> done = new CopyOnWriteArrayList<>();

  /**
   * A statement or a commit.
   *
   * @param by the drainer, or the workflow id of the step's run
   * @param statement null for a commit
   */
  private record Work(String by, @Nullable String statement) {}

  @Bean
  ExecuteListenerProvider statementsOfTheHost() {
    return () -> this;
  }

  List<String> statements(String by) {
    return done.stream()
        .filter(work -> work.by().equals(by))
        .map(Work::statement)
        .filter(Objects::nonNull)
        .toList();
  }

  long commits(String by) {
    return done.stream().filter(work -> work.by().equals(by) && work.statement() == null).count();
  }

  /** Outside a transaction each statement is one of its own. */
  @Override
  public void end(ExecuteContext context) {
    String by = by();
    String sql = String.valueOf(context.sql());
    if (by == null || (by.equals(DRAINER) && isPoll(sql, context.result()))) {
      return;
    }
    done.add(new Work(by, sql));
    if (!TransactionSynchronizationManager.isActualTransactionActive()) {
      done.add(new Work(by, null));
    }
  }

  @Override
  public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
    String by = by();
    if (by != null && failure == null) {
      done.add(new Work(by, null));
    }
  }

  private static @Nullable String by() {
    String workflowId = MDC.get("WorkflowId");
    if (workflowId != null) {
      return workflowId;
    }
    return Thread.currentThread().getName().equals(DRAINER) ? DRAINER : null;
  }

  private static boolean isPoll(String sql, @Nullable Result<?> found) {
    return sql.contains("exhaust_intake") || (found != null && found.isEmpty());
  }
}
