package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

final class BadPool {

  ExecutorService wrong() {
    return Executors.newSingleThreadExecutor();
  }
}
