package dev.mainstay.sandbox;

import dev.mainstay.sandbox.server.PidFile;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A worker host in a process of its own, beside a running sandbox, which runs at a lower priority
 * than the API. If it dies it is not started again: a user can kill it and watch the effect.
 */
public final class WorkerProcess {

  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private WorkerProcess() {}

  /** Starts several at once, and returns their process ids when they are ready. */
  public static List<Long> start(Home home, int count) {
    List<Jvm> started =
        IntStream.rangeClosed(1, count)
            .mapToObj(n -> Jvm.startNice(home, "worker-" + n, List.of("worker", "--here")))
            .toList();
    return started.stream()
        .map(jvm -> jvm.await(() -> pidFile(home, jvm.process().pid()).running(), READY_WITHIN))
        .map(ProcessHandle::pid)
        .toList();
  }

  /** Becomes one, in this process. */
  public static ConfigurableApplicationContext run(Home home) {
    Status status = Status.read(home);
    var host = Applications.of(home, status).startWorkerHost(0);
    ProcessHandle self = ProcessHandle.current();
    pidFile(home, self.pid()).write(self);
    return host;
  }

  private static PidFile pidFile(Home home, long pid) {
    return new PidFile(home.workerHosts().resolve(pid + ".pid"));
  }
}
