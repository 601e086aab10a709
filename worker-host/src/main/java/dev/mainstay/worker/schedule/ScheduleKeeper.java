package dev.mainstay.worker.schedule;

import dev.mainstay.worker.schedule.ScheduleServer.Existing;
import io.temporal.api.schedule.v1.ScheduleState;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the server's Schedule to the wanted definition, and keeps the changes of operators. Hosts
 * that do so at the same time end with the same Schedule, as each checks the result of its update.
 */
final class ScheduleKeeper {

  private static final Logger log = LoggerFactory.getLogger(ScheduleKeeper.class);
  private static final int TRIES = 5;

  private final ScheduleServer server;

  ScheduleKeeper(ScheduleServer server) {
    this.server = server;
  }

  /**
   * Creates the Schedule if it is missing and updates it if its definition has changed; a paused
   * one stays paused. The Schedule of a process that is off is paused with a note of ours, which
   * marks it for resuming when the process is on again.
   *
   * @param on whether its process is on
   * @throws IllegalStateException if others changed it during each try
   */
  void keep(WantedSchedule wanted, String process, boolean on) {
    String off = "Off: mainstay.features.%s.enabled=false".formatted(process);
    for (int i = 0; i < TRIES; i++) {
      Optional<Existing> existing = server.find(wanted.id());
      if (existing.isEmpty()) {
        if (!on) {
          return;
        }
        server.create(wanted.id(), wanted.in(running(ScheduleState.newBuilder(), wanted)));
        log.info("Schedule {} was created: {}", wanted.id(), wanted.definition());
        continue;
      }
      ScheduleState state = existing.get().state();
      ScheduleState target = target(state, wanted, on, off);
      if (wanted.isIn(existing.get().schedule()) && target.equals(state)) {
        return;
      }
      server.update(wanted.id(), wanted.in(target), existing.get());
      log.info("Schedule {} was updated: {}", wanted.id(), wanted.definition());
    }
    throw new IllegalStateException(
        "Schedule %s was changed by others %d times in a row".formatted(wanted.id(), TRIES));
  }

  private static ScheduleState target(
      ScheduleState state, WantedSchedule wanted, boolean on, String off) {
    boolean pausedByUs = state.getPaused() && state.getNotes().equals(off);
    if (on && pausedByUs) {
      return running(state.toBuilder(), wanted);
    }
    if (!on && !state.getPaused()) {
      return state.toBuilder().setPaused(true).setNotes(off).build();
    }
    return state;
  }

  private static ScheduleState running(ScheduleState.Builder state, WantedSchedule wanted) {
    return state.setPaused(false).setNotes(wanted.definition().note()).build();
  }
}
