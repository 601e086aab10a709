package dev.mainstay.sandbox.server;

/** Why the sandbox cannot start or do what was asked, in one line that says what to do about it. */
public final class CannotStart extends RuntimeException {

  public CannotStart(String whatToDo) {
    super(whatToDo);
  }
}
