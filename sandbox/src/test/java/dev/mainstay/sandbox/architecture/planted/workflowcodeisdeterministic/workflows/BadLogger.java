package dev.mainstay.sandbox.architecture.planted.workflowcodeisdeterministic.workflows;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

final class BadLogger {

  Logger wrong() {
    return LoggerFactory.getLogger(BadLogger.class);
  }
}
