package dev.mainstay.sandbox.load;

/** Receives the progress of a load. */
public interface LoadProgress {

  /** So many events were answered 202 by now. */
  void acknowledged(long soFar);

  /** So many purchases are complete by now. */
  void complete(long soFar);
}
