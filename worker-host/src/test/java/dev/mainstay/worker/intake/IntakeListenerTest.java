package dev.mainstay.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.db.intake.IntakeNotifier;
import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.workflows.process.Lane;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IntakeListenerTest {

  private final TestDatabase database = TestDatabase.create();
  private final DrainerWake wake = new DrainerWake();
  private final IntakeListener listener =
      new IntakeListener(database.url("mainstay_app"), null, null, wake);

  @BeforeEach
  void listen() {
    listener.start();
  }

  @AfterEach
  void stop() {
    listener.stop();
  }

  @Test
  void aNotifyOfAStarterWakesTheDrainer() {
    wokenByNotify();
  }

  @Test
  void itListensAgainAfterItsConnectionIsLost() {
    wokenByNotify();

    assertThat(database.admin().fetchValue("select pg_terminate_backend(?)", listeningBackend()))
        .isEqualTo(true);

    wokenByNotify();
  }

  @Test
  void itListensAgainAfterItsConnectionFellSilent() throws Exception {
    wokenByNotify();
    int silent = listeningBackend();

    signal("STOP", silent);
    try {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(listeningBackends()).hasSize(2).contains(silent));
      wokenByNotify();
    } finally {
      signal("CONT", silent);
    }
  }

  private int listeningBackend() {
    return listeningBackends().getFirst();
  }

  private List<Integer> listeningBackends() {
    return database
        .admin()
        .fetch(
            "select pid from pg_stat_activity where datname = current_database() and query like 'listen%'")
        .getValues("pid", Integer.class);
  }

  private static void signal(String name, int pid) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, Integer.toString(pid)).start().waitFor())
        .isZero();
  }

  private void wokenByNotify() {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          database.dsl().execute("notify " + IntakeNotifier.CHANNEL);
          return wake.await(Lane.PROCESSES, 1);
        });
  }
}
