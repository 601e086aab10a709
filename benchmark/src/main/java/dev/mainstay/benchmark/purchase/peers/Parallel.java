package dev.mainstay.benchmark.purchase.peers;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Work on many items, a limited number at once. */
final class Parallel {

  private Parallel() {}

  /**
   * Returns when all of it is done.
   *
   * @throws ExecutionException the first failure, if there was one
   */
  static <T> void each(int atOnce, List<T> things, Consumer<T> work)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(atOnce)) {
      List<Callable<Void>> all =
          things.stream()
              .<Callable<Void>>map(thing ->
                  () -> {
                    work.accept(thing);
                    return null;
                  })
              .toList();
      for (Future<Void> done : threads.invokeAll(all)) {
        done.get();
      }
    }
  }
}
