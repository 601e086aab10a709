package dev.mainstay.workflows.page;

import dev.mainstay.workflows.page.PagePlan.PageBoundary;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Numbers from 1 on, ten to a page; a page that is run again finds its numbers counted. */
final class FakeNumbers implements Counting.Steps {

  static final int PAGE = 10;

  final int last;
  final Queue<String> planned = new ConcurrentLinkedQueue<>();
  final Queue<KeyRange> asked = new ConcurrentLinkedQueue<>();
  final Set<Integer> counted = new ConcurrentSkipListSet<>();
  final AtomicInteger mostAtOnce = new AtomicInteger();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final ConcurrentHashMap<String, Queue<UnaryOperator<PageOutcome>>> endings =
      new ConcurrentHashMap<>();
  private volatile CountDownLatch together = new CountDownLatch(0);

  FakeNumbers(int pages) {
    last = pages * PAGE;
  }

  /** Lets the page that ends with this number end otherwise, the next time that it is run. */
  FakeNumbers ending(int upTo, UnaryOperator<PageOutcome> ending) {
    endings.computeIfAbsent(key(upTo), _ -> new ConcurrentLinkedQueue<>()).add(ending);
    return this;
  }

  /** Makes each page wait until this many pages have begun. */
  FakeNumbers waitingFor(int pages) {
    together = new CountDownLatch(pages);
    return this;
  }

  @Override
  public PagePlan plan(@Nullable String after) {
    planned.add(String.valueOf(after));
    int first = after == null ? 0 : Integer.parseInt(after);
    var cuts =
        IntStream.rangeClosed(1, PagePlan.MOST)
            .map(page -> first + page * PAGE)
            .filter(upTo -> upTo <= last)
            .mapToObj(upTo -> new PageBoundary(key(upTo), PAGE))
            .toList();
    return new PagePlan(cuts, cuts.size() < PagePlan.MOST);
  }

  @Override
  public PageOutcome count(KeyRange range) {
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      asked.add(range);
      together.countDown();
      if (!together.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("too few pages at once");
      }
      int upTo = Integer.parseInt(range.upTo());
      long fresh =
          IntStream.rangeClosed(
                  range.after() == null ? 1 : Integer.parseInt(range.after()) + 1, upTo)
              .filter(counted::add)
              .count();
      var queue = endings.get(range.upTo());
      UnaryOperator<PageOutcome> ending = queue == null ? null : queue.poll();
      PageOutcome outcome = new PageOutcome(Counts.of("counted", fresh), null);
      return ending == null ? outcome : ending.apply(outcome);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      atOnce.decrementAndGet();
    }
  }

  /** So that keys are in the order of their numbers. */
  static String key(int number) {
    return "%06d".formatted(number);
  }
}
