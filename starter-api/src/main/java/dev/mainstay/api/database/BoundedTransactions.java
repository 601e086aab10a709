package dev.mainstay.api.database;

import dev.mainstay.api.problem.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Lets a bounded number of transactions run at once; the others wait their turn. They wait here and
 * not at the pool, so that the pool's own short timeout means one thing: the database is
 * unavailable.
 */
final class BoundedTransactions implements TransactionOperations {

  private static final Duration MAX_WAIT = Duration.ofSeconds(10);

  private final TransactionOperations transactions;
  private final Semaphore turns;

  BoundedTransactions(TransactionOperations transactions, int maxConcurrent) {
    this.transactions = transactions;
    this.turns = new Semaphore(maxConcurrent, true);
  }

  /**
   * Runs the work in a transaction of its own.
   *
   * @throws Refusal if no turn came within ten seconds; nothing was done
   */
  @Override
  public <T extends @Nullable Object> T execute(TransactionCallback<T> work) {
    try {
      if (!turns.tryAcquire(MAX_WAIT.toSeconds(), TimeUnit.SECONDS)) {
        throw Refusal.busy();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.busy();
    }
    try {
      return transactions.execute(work);
    } finally {
      turns.release();
    }
  }
}
