package dev.mainstay.worker.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.worker.observation.TestTemporal;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RegisteredSearchAttributesTest {

  private static final int HOSTS = 3;

  @AutoClose private final TestDatabase database = TestDatabase.create();
  @AutoClose private final TestTemporal temporal = new TestTemporal();

  @AutoClose("shutdownNow")
  private final WorkflowServiceStubs stubs =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget(temporal.address()).build());

  RegisteredSearchAttributesTest() throws IOException {}

  @Test
  void hostsThatStartAtOnceRegisterThemOneAfterTheOther() throws Exception {
    List<Future<?>> starts = new ArrayList<>();
    try (var hosts = Executors.newFixedThreadPool(HOSTS)) {
      database
          .transaction()
          .executeWithoutResult(_ -> {
            RegisteredSearchAttributes.lock(database.dsl(), "default");
            Stream.generate(() -> hosts.submit(this::ensure)).limit(HOSTS).forEach(starts::add);
            await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == HOSTS);
          });
      for (Future<?> start : starts) {
        start.get();
      }
    }

    assertThat(temporal.calls()).containsEntry("AddSearchAttributes", 1);
  }

  private int waiting() {
    return database
        .admin()
        .fetchCount(DSL.table("pg_locks"), DSL.condition("locktype = 'advisory' and not granted"));
  }

  private void ensure() {
    new RegisteredSearchAttributes(
            WorkflowClient.newInstance(stubs), database.dsl(), database.transaction())
        .ensure();
  }
}
