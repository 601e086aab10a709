package dev.mainstay.api.problem;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a function of the database did not do what was asked. An enum lists the reasons of a
 * capability, named as its functions return them: {@code trainer-taken} is {@code TRAINER_TAKEN}.
 */
public interface Rejection {

  /** The refusal of the request. */
  Refusal refusal();

  /** The reason that a function returns as this text. */
  static <R extends Enum<R> & Rejection> R of(Class<R> reasons, String returned) {
    return Enum.valueOf(reasons, returned.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /**
   * Refuses the request if the function returned a reason.
   *
   * @param returned null where the function did what was asked
   * @throws Refusal of the reason
   */
  static <R extends Enum<R> & Rejection> void refuse(Class<R> reasons, @Nullable String returned) {
    if (returned != null) {
      throw of(reasons, returned).refusal();
    }
  }
}
