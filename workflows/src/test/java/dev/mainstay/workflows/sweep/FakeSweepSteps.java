package dev.mainstay.workflows.sweep;

import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps the records of a sweep's runs. */
public final class FakeSweepSteps implements SweepSteps {

  public final Queue<Begin> begun = new ConcurrentLinkedQueue<>();
  public final Queue<GaveUp> gaveUp = new ConcurrentLinkedQueue<>();
  public final Queue<End> ended = new ConcurrentLinkedQueue<>();

  @Override
  public UUID begin(Begin begin) {
    begun.add(begin);
    return new UUID(0, begun.size() - 1);
  }

  @Override
  public void gaveUp(GaveUp item) {
    gaveUp.add(item);
  }

  @Override
  public void end(End end) {
    ended.add(end);
  }

  /** The id of the record of a run, in the order in which they began, from 0. */
  public UUID run(int place) {
    return new UUID(0, place);
  }
}
