package dev.mainstay.activities.notification.message;

/**
 * How many segments a text message is charged as: GSM 03.38 where all characters allow it, else
 * UCS-2.
 */
final class Segments {

  private static final String GSM =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
          + "abcdefghijklmnopqrstuvwxyzäöñüà";
  private static final String GSM_TWO = "^{}\\[~]|€";

  private Segments() {}

  static boolean isGsm(String text) {
    return text.chars().allMatch(c -> GSM.indexOf(c) >= 0 || GSM_TWO.indexOf(c) >= 0);
  }

  static int of(String text) {
    return isGsm(text)
        ? count(text.chars().map(c -> GSM_TWO.indexOf(c) >= 0 ? 2 : 1).sum(), 160, 153)
        : count(text.length(), 70, 67);
  }

  private static int count(int units, int alone, int each) {
    return units <= alone ? 1 : (units + each - 1) / each;
  }
}
