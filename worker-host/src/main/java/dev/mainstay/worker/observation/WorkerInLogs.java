package dev.mainstay.worker.observation;

import java.lang.management.ManagementFactory;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/** Adds the host to each JSON line, by the name under which Temporal knows it. */
public final class WorkerInLogs implements StructuredLoggingJsonMembersCustomizer<Object> {

  @Override
  public void customize(JsonWriter.Members<Object> members) {
    // As Temporal's client names itself where nothing else is set.
    members.add("worker", ManagementFactory.getRuntimeMXBean().getName());
  }
}
