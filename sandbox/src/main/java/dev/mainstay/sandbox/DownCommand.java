package dev.mainstay.sandbox;

import dev.mainstay.sandbox.server.PidFile;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "down",
    description = "Stops everything. Keeps the data.",
    mixinStandardHelpOptions = true)
final class DownCommand implements Callable<Integer> {

  private static final Duration STOPS_WITHIN = Duration.ofMinutes(2);

  @Override
  public Integer call() {
    Home home = Home.here();
    var mainstay = new PidFile(home.mainstayPid());
    boolean ran = mainstay.running().isPresent();
    mainstay.end(STOPS_WITHIN);
    Sandbox.endLeftovers(home);
    System.err.println(ran ? "Stopped. The data is kept." : "No sandbox is running here");
    return 0;
  }
}
