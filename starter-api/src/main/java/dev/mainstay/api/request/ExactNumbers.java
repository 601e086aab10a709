package dev.mainstay.api.request;

import java.math.BigDecimal;
import tools.jackson.core.JsonParser;
import tools.jackson.core.util.JsonParserDelegate;

/**
 * Keeps a number exact that a double would round, so that 4500.0000000000001 is no integer. A
 * number beyond every {@code long} stays a double: however large, it takes no memory.
 */
final class ExactNumbers extends JsonParserDelegate {

  private static final double BEYOND_LONG = 0x1p63;

  /** Stands for a number with an exponent below those of a BigDecimal. */
  private static final BigDecimal NEARLY_ZERO = BigDecimal.valueOf(1, Integer.MAX_VALUE);

  ExactNumbers(JsonParser parser) {
    super(parser);
  }

  @Override
  public NumberTypeFP getNumberTypeFP() {
    double nearest = getDoubleValue();
    return Math.abs(nearest) < BEYOND_LONG
            && new BigDecimal(nearest).compareTo(getDecimalValue()) != 0
        ? NumberTypeFP.BIG_DECIMAL
        : NumberTypeFP.DOUBLE64;
  }

  @Override
  public BigDecimal getDecimalValue() {
    try {
      return new BigDecimal(getString());
    } catch (NumberFormatException _) {
      return NEARLY_ZERO;
    }
  }
}
