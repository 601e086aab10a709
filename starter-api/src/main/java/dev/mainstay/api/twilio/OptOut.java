package dev.mainstay.api.twilio;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a message from a person means for the text messages to that person. */
enum OptOut {
  STOP,
  START,
  NEITHER;

  /** Twilio's words for a stop, and those of the FCC's rule; each without spaces. */
  private static final Set<String> STOPS =
      Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");

  private static final Set<String> STARTS = Set.of("START", "YES", "UNSTOP");
  private static final Pattern NO_LETTERS = Pattern.compile("\\P{L}+");

  /**
   * Twilio's own verdict where it gives one, in any language, else the word that the message
   * consists of. A stop may be written in any way, as "Opt-out" or "Stop."; a start only as Twilio
   * takes it, since Twilio goes on to block what it does not take for one.
   */
  static OptOut of(TwilioForm form) {
    String body = form.value("Body").orElse("").strip().toUpperCase(Locale.ROOT);
    return switch (form.value("OptOutType").orElse("").toUpperCase(Locale.ROOT)) {
      case "STOP" -> STOP;
      case "START" -> START;
      case "HELP" -> NEITHER;
      default -> STOPS.contains(letters(body)) ? STOP : STARTS.contains(body) ? START : NEITHER;
    };
  }

  private static String letters(String text) {
    return NO_LETTERS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
  }
}
