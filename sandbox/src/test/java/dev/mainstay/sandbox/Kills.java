package dev.mainstay.sandbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mainstay.sandbox.server.CannotStart;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Kills by -9 what belongs to a running sandbox. */
record Kills(Home home) {

  private static final Duration SECONDS = Duration.ofSeconds(60);

  /** Another host takes its place. */
  void workerHost() {
    lastWorkerHost();
    startWorkerHost();
  }

  void lastWorkerHost() {
    kill(() -> pids().workerHosts().stream().findFirst().orElse(null));
  }

  /**
   * A host that finds PostgreSQL or Temporal unavailable ends, and is started again, as a
   * supervisor does.
   */
  void startWorkerHost() {
    await()
        .atMost(SECONDS.multipliedBy(2))
        .ignoreExceptionsInstanceOf(CannotStart.class)
        .until(() -> WorkerProcess.start(home, 1), started -> !started.isEmpty());
  }

  void temporal() {
    kill(() -> pids().temporal());
  }

  void postgres() {
    kill(() -> pids().postgres());
  }

  /** Waits for the restart of a process that was killed just before. */
  private static void kill(Callable<@Nullable Long> process) {
    long pid = requireNonNull(await().atMost(SECONDS).until(process, Objects::nonNull));
    assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
  }

  private Status.Pids pids() {
    return requireNonNull(Status.require(home).pids());
  }
}
