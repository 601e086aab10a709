package dev.mainstay.activities.notification.message;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.Part;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The words of one language, formatted for a locale. */
final class MessageBundle {

  /** The languages that everything is written in. */
  static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

  private static final String BUNDLE = MessageBundle.class.getPackageName() + ".messages";
  private static final Map<Locale, MessageBundle> byLocale = new ConcurrentHashMap<>();

  private final ResourceBundle bundle;
  private final Locale locale;
  private final ValueFormat phrasing;
  private final Map<String, Sentence> sentences = new ConcurrentHashMap<>();

  private MessageBundle(ResourceBundle bundle, Locale locale) {
    this.bundle = bundle;
    this.locale = locale;
    this.phrasing = new ValueFormat(locale);
  }

  /**
   * The bundle for a reader of this locale: in the locale's language, or in English if there is no
   * bundle for it.
   */
  static MessageBundle of(Locale reader) {
    // Nothing else of the locale changes the text
    Locale plain =
        new Locale.Builder()
            .setLanguage(reader.getLanguage())
            .setScript(reader.getScript())
            .setRegion(reader.getCountry())
            .build();
    return byLocale.computeIfAbsent(plain, MessageBundle::find);
  }

  private static MessageBundle find(Locale reader) {
    ResourceBundle bundle = ResourceBundle.getBundle(BUNDLE, reader, new EnglishFallback());
    boolean spoken = bundle.getLocale().getLanguage().equals(reader.getLanguage());
    return new MessageBundle(bundle, spoken ? reader : bundle.getLocale());
  }

  /** The locale of the facts, too: a sentence never mixes two languages. */
  Locale locale() {
    return locale;
  }

  ValueFormat phrasing() {
    return phrasing;
  }

  Set<String> keys() {
    return new TreeSet<>(bundle.keySet());
  }

  boolean has(String key) {
    return bundle.containsKey(key);
  }

  /**
   * Says it.
   *
   * @param values of the variables, at least of all that the words name
   * @throws IllegalStateException if the words name one that has no value
   * @throws java.util.MissingResourceException if there are no such words
   */
  String say(String key, Map<String, Object> values) {
    Sentence sentence = sentence(key);
    for (String name : sentence.names()) {
      if (!values.containsKey(name)) {
        throw new IllegalStateException(
            "%s of %s names {%s}, and there is no such thing"
                .formatted(key, locale.toLanguageTag(), name));
      }
    }
    return sentence.say(values);
  }

  /** The variables that the words name, in all their branches. */
  Set<String> names(String key) {
    return sentence(key).names();
  }

  private Sentence sentence(String key) {
    return sentences.computeIfAbsent(key, _ -> Sentence.of(bundle.getString(key), locale));
  }

  /** A parsed text. Parsing costs more than formatting, so each is parsed once. */
  private record Sentence(MessageFormat format, Set<String> names) {

    static Sentence of(String words, Locale locale) {
      MessagePattern pattern = new MessagePattern(words);
      return new Sentence(
          new MessageFormat(words, locale),
          IntStream.range(0, pattern.countParts())
              .mapToObj(pattern::getPart)
              .filter(part -> part.getType() == Part.Type.ARG_NAME)
              .map(pattern::getSubstring)
              .collect(Collectors.toUnmodifiableSet()));
    }

    String say(Map<String, Object> values) {
      synchronized (format) {
        return format.format(values);
      }
    }
  }
}
