package dev.mainstay.activities.purchase;

import static dev.mainstay.activities.purchase.TestPurchases.alone;
import static dev.mainstay.db.generated.Tables.PURCHASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.db.intake.Intake;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.purchase.PurchaseSteps.Allocator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/** On a real Redis: needs a {@code redis-server} on the PATH, as continuous integration has. */
class StudentCachesTest {

  @Test
  void theStudentsPagesAreForgottenAndNobodyElses() throws IOException {
    Optional<Path> program = redisServer();
    assumeThat(program).isPresent();
    int port = freePort();
    Process redis =
        new ProcessBuilder(program.orElseThrow().toString(), "--port", "" + port, "--save", "")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    var connections =
        new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port));
    try (TestPurchases purchases = new TestPurchases()) {
      await().until(() -> answers(port));
      connections.start();
      var cache = new StringRedisTemplate(connections);
      List<UUID> ids = purchases.requests(2, purchases.course());
      purchases.create(ids);
      List<UUID> students =
          purchases
              .database
              .dsl()
              .select(PURCHASE.STUDENT_ID)
              .from(PURCHASE)
              .fetch(PURCHASE.STUDENT_ID);
      UUID other = UUID.randomUUID();
      Stream.concat(students.stream(), Stream.of(other))
          .forEach(student -> {
            cache.opsForValue().set("student:home:" + student, "page");
            cache.opsForValue().set("student:learning:" + student, "page");
          });

      steps(purchases.database, new StudentCaches(cache)).invalidateCaches(alone(ids));

      assertThat(cache.keys("student:*"))
          .containsExactlyInAnyOrder("student:home:" + other, "student:learning:" + other);
    } finally {
      connections.destroy();
      redis.destroy();
    }
  }

  private static PurchaseStepsImpl steps(TestDatabase database, StudentCaches caches) {
    return new PurchaseStepsImpl(
        database.dsl(),
        database.transaction(),
        new PurchaseIntakeRows(database.dsl(), new Intake(database.dsl(), () -> {})),
        InstantSource.system(),
        Optional.of(caches),
        Allocator.BUILT_IN);
  }

  private static Optional<Path> redisServer() {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "redis-server"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean answers(int port) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
