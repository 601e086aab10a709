package dev.mainstay.sandbox.server;

/** A server that the sandbox starts beside itself and keeps running. */
public interface Server extends AutoCloseable {

  /** As people call it. */
  String name();

  /**
   * Starts it on its data and port, ending first what a killed sandbox may have left of it, and
   * returns when it answers.
   */
  void start();

  /** Whether it still runs. Cheap: asked several times a second. */
  boolean running();

  /** Stops it in order; its data stays. */
  @Override
  void close();
}
