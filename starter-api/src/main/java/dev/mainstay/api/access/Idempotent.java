package dev.mainstay.api.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A handler that honours the {@code Idempotency-Key} of its {@link Caller}. The key of a request to
 * any other handler is neither read nor described.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Idempotent {

  /** The header's name. */
  String HEADER = "Idempotency-Key";

  /** The key has 1 to this many characters. */
  int MAX_LENGTH = 255;
}
