package dev.mainstay.sandbox;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "worker",
    description =
        "Adds a worker host to the running sandbox in a process of its own and prints its process id.",
    mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

  @Option(names = "--here", description = "Run the worker host in this process until Ctrl-C.")
  private boolean here;

  @Override
  public Integer call() throws InterruptedException {
    Home home = Home.here();
    if (here) {
      ConfigurableApplicationContext host = WorkerProcess.run(home);
      Runtime.getRuntime().addShutdownHook(new Thread(host::close, "stop"));
      new CountDownLatch(1).await();
    } else {
      Status.require(home);
      WorkerProcess.start(home, 1).forEach(System.out::println);
    }
    return 0;
  }
}
