package dev.mainstay.activities.purchase;

import static dev.mainstay.activities.purchase.TestPurchases.atOnce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.db.testing.TestCourse;
import dev.mainstay.db.testing.TestRequest;
import dev.mainstay.db.testing.TestStudent;
import dev.mainstay.db.testing.TestTrainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps over lists that overlap, in any order, at once: no deadlock, nothing lost. */
class OverlappingStepsTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverWaitInARing(long seed) {
    var random = new Random(seed);
    try (var purchases = new TestPurchases()) {
      List<UUID> courses =
          IntStream.range(0, 4)
              .mapToObj(_ -> TestCourse.ofSessions(9).in(purchases.database))
              .toList();
      IntStream.range(0, 30)
          .forEach(n ->
              TestTrainer.teaching(courses.get(n % 4), courses.get((n + 1) % 4))
                  .upTo(3)
                  .in(purchases.database));
      List<UUID> students =
          IntStream.range(0, 30)
              .mapToObj(_ -> TestStudent.living("UTC").in(purchases.database))
              .toList();
      // Some of the students pay for a course twice.
      List<UUID> ids =
          IntStream.range(0, 100)
              .mapToObj(_ ->
                  TestRequest.of(students.get(random.nextInt(30)), courses.get(random.nextInt(4)))
                      .preferring("%02d:00".formatted(random.nextInt(24)))
                      .in(purchases.database))
              .toList();
      var work = new ArrayList<Callable<Object>>();
      for (int thread = 0; thread < 8; thread++) {
        boolean cancels = thread == 7;
        List<List<UUID>> lists =
            IntStream.range(0, 6).mapToObj(_ -> some(ids, cancels ? 5 : 40, random)).toList();
        work.add(() -> {
          for (List<UUID> list : lists) {
            if (cancels) {
              purchases.cancel(list);
            } else {
              purchases.create(list);
              purchases.allocate(list);
              purchases.schedule(list);
            }
          }
          return "done";
        });
      }

      assertThat(atOnce(work)).containsOnly("done");

      var refused = purchases.carry(ids);
      assertThat(ids)
          .allMatch(id -> refused.containsKey(id) || purchases.status(id).equals("active"));
      assertThat(purchases.count("payment")).isEqualTo(100);
      assertThat(purchases.database.violations()).isEmpty();
    }
  }

  private static List<UUID> some(List<UUID> ids, int count, Random random) {
    var shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, count));
  }
}
