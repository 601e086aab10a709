package dev.mainstay.sandbox;

import dev.mainstay.sandbox.server.TemporalBinary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

@Command(name = "temporal", description = "Runs the pinned Temporal CLI against the sandbox.")
final class TemporalCommand implements Callable<Integer> {

  /** All of them, its own options too. */
  @Unmatched private final List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(TemporalBinary.find(System.err::println).toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).inheritIO();
    Status.of(Home.here())
        .ifPresent(
            status -> builder.environment().put("TEMPORAL_ADDRESS", status.temporalAddress()));
    return builder.start().waitFor();
  }
}
