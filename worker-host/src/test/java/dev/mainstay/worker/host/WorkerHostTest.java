package dev.mainstay.worker.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mainstay.db.testing.TestDatabase;
import dev.mainstay.worker.WorkerHostApplication;
import dev.mainstay.worker.intake.DrainerWake;
import dev.mainstay.worker.observation.TestTemporal;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

class WorkerHostTest {

  private final TestDatabase database = TestDatabase.create();
  private TestTemporal temporal;

  @BeforeEach
  void start() throws IOException {
    temporal = new TestTemporal();
  }

  @AfterEach
  void close() {
    temporal.close();
    database.close();
  }

  @Test
  void whatTheRunsOfAModuleCallIsServedWithIt() {
    try (var host = host("--mainstay.worker.modules=purchase")) {
      assertThat(host.getBean(WorkerHost.class).modules())
          .containsExactly("attention", "purchase", "sweep");
    }
  }

  @Test
  void aHostWithNothingToServeSaysWhatThereIs() {
    assertThatThrownBy(() -> host("--mainstay.worker.queues=proceses"))
        .rootCause()
        .hasMessageContaining("mainstay.worker.queues is [proceses] of [")
        .hasMessageContaining("processes");
  }

  @Test
  void aFeatureThatDoesNotExistIsNamed() {
    assertThatThrownBy(() ->
            host(
                "--mainstay.features.purchases.enabled=false",
                "--mainstay.features.data-export.enabled=false",
                "--mainstay.features.admin-service.enabled=false",
                "--mainstay.features.sessiontopup.enabled=false"))
        .rootCause()
        .hasMessageStartingWith("mainstay.features names [purchases], which are none of [")
        .hasMessageContaining(" purchase,");
  }

  @Test
  void anAddressOfTemporalWithoutPortIsNamed() {
    assertThatThrownBy(() -> hostWith("temporal"))
        .rootCause()
        .hasMessageContaining("TEMPORAL_ADDRESS has to be host:port");
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void aMissingAddressOfTemporalIsNamed(CapturedOutput output) {
    assertThatThrownBy(() -> hostWith("")).isNotNull();
    assertThat(output).contains("TEMPORAL_ADDRESS is not set.");
  }

  @Test
  void aHostBringsTheSchemaUp() {
    asIfEventsWereOfAnotherRelease();

    try (var _ = hostThatMigrates()) {
      assertThat(timesOfEvents()).isEqualTo(2);
    }
  }

  @Test
  void aHostOfAnOlderReleaseLeavesTheSchemaAsItIs() {
    asIfEventsWereOfAnotherRelease();
    database
        .admin()
        .execute(
            "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)"
                + " select max(installed_rank) + 1, '999', 'newer', 'SQL', 'V999__newer.sql', 0, 'mainstay_migration', 0, true"
                + " from flyway_schema_history");

    try (var _ = hostThatMigrates()) {
      assertThat(timesOfEvents()).isOne();
    }
  }

  @Test
  void whatWasClaimedInVainIsPutBeforeAnOperatorUnderLoadToo() {
    database
        .dsl()
        .execute(
            "insert into intake (kind, source, key, body_hash, business_id, body, correlation_id, claim_id, claims, leased_until)"
                + " values ('purchase', 'stripe', 'pi_1', '', new_id(), '{}', 'c', new_id(), 3, now())");
    try (var host = host()) {
      DrainerWake wake = host.getBean(DrainerWake.class);
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> {
            wake.wake();
            return !database
                .dsl()
                .fetch("select 1 from attention where reason = 'not-started'")
                .isEmpty();
          });
    }
  }

  private void asIfEventsWereOfAnotherRelease() {
    database
        .admin()
        .execute("update flyway_schema_history set checksum = 0 where script = 'R__event.sql'");
  }

  /** How often that script was run. */
  private int timesOfEvents() {
    return database
        .admin()
        .fetchCount(DSL.table("flyway_schema_history"), DSL.condition("script = 'R__event.sql'"));
  }

  private ConfigurableApplicationContext hostThatMigrates() {
    return host(
        "--spring.flyway.url=" + database.url("mainstay_migration"),
        "--spring.flyway.user=mainstay_migration");
  }

  private ConfigurableApplicationContext host(String... more) {
    return hostWith(temporal.address(), more);
  }

  private ConfigurableApplicationContext hostWith(String address, String... more) {
    return new SpringApplication(WorkerHostApplication.class)
        .run(
            Stream.concat(
                    Stream.of(
                        "--DATABASE_URL=" + database.url("mainstay_app"),
                        "--TEMPORAL_ADDRESS=" + address,
                        "--server.port=0"),
                    Stream.of(more))
                .toArray(String[]::new));
  }
}
