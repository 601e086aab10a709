package dev.mainstay.api.task;

import dev.mainstay.api.request.FieldFormats;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The token of a customer who wants a new password. In a body and not in a path, so that no log on
 * the way has it.
 *
 * @param token of the link in their mail
 */
record ResetToken(@Schema(format = FieldFormats.LINE, maxLength = 100) String token) {

  /** Without the token. */
  @Override
  public String toString() {
    return "ResetToken[]";
  }
}
