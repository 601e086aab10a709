package dev.mainstay.api.schedule;

/** A schedule as the worker hosts wrote it down. */
record ScheduleRow(
    String id,
    String process,
    boolean enabled,
    String workflowId,
    String timing,
    String zone,
    int catchUpSeconds,
    String note) {

  /** The key that switches its process. */
  String flag() {
    return "mainstay.features." + process + ".enabled";
  }
}
