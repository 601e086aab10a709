package dev.mainstay.activities.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls to a gateway, several at once, whose results are taken in the order of their arrival.
 *
 * @param <R> the type of a call's result
 */
public final class ParallelCalls<R> implements AutoCloseable {

  /** As many as a gateway answers side by side without a queue of ours before it. */
  private static final int AT_ONCE = 16;

  private final ExecutorService callers =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("gateway-", 0).factory());
  private final BlockingQueue<Supplier<R>> back = new LinkedBlockingQueue<>();
  private int underWay;
  private boolean stopped;
  private @Nullable RuntimeException failure;

  /** Calls as soon as fewer than 16 calls are under way. */
  public void begin(Supplier<R> call) {
    underWay++;
    callers.execute(() -> back.add(ended(call)));
  }

  private static <R> Supplier<R> ended(Supplier<R> call) {
    try {
      R result = call.get();
      return () -> result;
    } catch (RuntimeException e) {
      return () -> {
        throw e;
      };
    }
  }

  /**
   * Passes on the results as they arrive, a few times a second, until all have.
   *
   * @param every how long a result may wait for others
   * @throws RuntimeException what the first call that failed has thrown, after all others have
   *     ended
   * @throws IllegalStateException if the host stopped while some were still under way, after the
   *     finished results were passed on
   */
  public void awaitAll(Duration every, Consumer<List<R>> results) {
    while (underWay > 0 && !stopped) {
      List<R> some = comeBackWithin(every);
      if (!some.isEmpty()) {
        results.accept(some);
      }
    }
    if (stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Stopped with %d calls under way".formatted(underWay));
    }
    if (failure != null) {
      throw failure;
    }
  }

  private List<R> comeBackWithin(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    var results = new ArrayList<R>();
    try {
      while (underWay > 0) {
        Supplier<R> next = back.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          break;
        }
        underWay--;
        results.add(next.get());
      }
    } catch (RuntimeException e) {
      failure = failure == null ? e : failure;
    } catch (InterruptedException _) {
      // The finished results can still be recorded: awaitAll interrupts the thread again.
      stopped = true;
    }
    return results;
  }

  @Override
  public void close() {
    callers.shutdownNow();
  }
}
