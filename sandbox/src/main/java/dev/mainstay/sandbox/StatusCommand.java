package dev.mainstay.sandbox;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command(
    name = "status",
    description = "Shows all addresses. Exit code 1 if nothing is running.",
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

  @Option(names = "--json", description = "Print one JSON object, including process ids.")
  private boolean json;

  @Override
  public Integer call() {
    Status status = Status.require(Home.here());
    if (json) {
      System.out.println(JsonMapper.shared().writeValueAsString(status));
    } else {
      Screen.show(status);
    }
    return 0;
  }
}
