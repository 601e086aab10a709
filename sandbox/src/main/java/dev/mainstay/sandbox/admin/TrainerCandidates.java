package dev.mainstay.sandbox.admin;

import java.util.List;
import java.util.UUID;

/** The trainers whom a marketplace knows. */
@FunctionalInterface
public interface TrainerCandidates {

  /** The trainers who could teach a course at a local time, the best first. */
  List<Candidate> of(UUID course, String time, String zone);

  /**
   * A trainer who could.
   *
   * @param students how many the trainer has
   */
  record Candidate(UUID trainer, int students) {}
}
