package dev.mainstay.activities.notification.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.MessageKind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The words fit the facts, in each language. */
class MessageBundleTest {

  private static final Set<String> COMMON =
      Set.of("greeting", "closing", "sms", "reminder", "unsubscribe");

  static List<Locale> languages() {
    return MessageBundle.LANGUAGES;
  }

  @ParameterizedTest
  @EnumSource
  void everyKindOfMessageIsWritten(MessageKind kind) {
    assertThat(MessageTemplate.values()).anyMatch(template -> template.kind() == kind);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aLanguageHasTheWordsOfEveryTemplateAndNoOthers(Locale language) {
    var wanted = new TreeSet<>(COMMON);
    Arrays.stream(MessageTemplate.values()).forEach(template -> wanted.addAll(keys(template)));
    Arrays.stream(MessageTemplate.values())
        .flatMap(template -> components(template.facts()))
        .map("label."::concat)
        .filter(MessageBundle.of(Locale.ENGLISH)::has)
        .forEach(wanted::add);

    assertThat(MessageBundle.of(language).locale()).isEqualTo(language);
    assertThat(MessageBundle.of(language).keys()).containsExactlyElementsOf(wanted);
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyFactIsToldInTheEmail(Locale language) {
    MessageBundle words = MessageBundle.of(language);
    for (MessageTemplate template : MessageTemplate.values()) {
      var told = new HashSet<String>();
      keys(template).stream()
          .filter(key -> !key.endsWith(".short") && !key.endsWith(".title"))
          .forEach(key -> told.addAll(words.names(key)));
      components(template.facts()).filter(fact -> words.has("label." + fact)).forEach(told::add);

      assertThat(told).as(template.text()).containsAll(components(template.facts()).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("languages")
  void aReminderNamesEverythingOnEveryChannel(Locale language) {
    MessageBundle words = MessageBundle.of(language);

    assertThat(words.names("appointment-tomorrow.short"))
        .contains("name", "service", "subject", "vendor", "place", "when");
    assertThat(words.names("lesson-tomorrow.short")).contains("name", "course", "trainer", "when");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void withoutOneOfTheirVariablesWordsAreNotSaid(Locale language) {
    MessageBundle words = MessageBundle.of(language);
    for (MessageTemplate template : MessageTemplate.values()) {
      for (String key : keys(template)) {
        for (String missing : words.names(key)) {
          Map<String, Object> values = new HashMap<>();
          words.names(key).forEach(name -> values.put(name, 2));
          values.remove(missing);

          assertThatThrownBy(() -> words.say(key, values))
              .as(key)
              .isInstanceOf(IllegalStateException.class)
              .hasMessageContaining("{" + missing + "}");
        }
      }
    }
  }

  @Test
  void wordsThatAreNotThereAreNotSaid() {
    MessageBundle words = MessageBundle.of(Locale.GERMAN);

    assertThatThrownBy(() -> words.say("no-such.text", Map.of()))
        .isInstanceOf(MissingResourceException.class);
  }

  @Test
  void aReaderIsToldInTheOwnLanguageElseInEnglishAndNeverInTwo() {
    assertThat(MessageBundle.of(Locale.forLanguageTag("de-AT")).locale().toLanguageTag())
        .isEqualTo("de-AT");
    assertThat(MessageBundle.of(Locale.forLanguageTag("de-AT")).has("greeting")).isTrue();
    assertThat(MessageBundle.of(Locale.forLanguageTag("en-GB-oxendict")).locale().toLanguageTag())
        .isEqualTo("en-GB");
    assertThat(MessageBundle.of(Locale.forLanguageTag("fr-CA")).locale()).isEqualTo(Locale.ENGLISH);
    assertThat(MessageBundle.of(Locale.ROOT).locale()).isEqualTo(Locale.ENGLISH);
  }

  private static Set<String> keys(MessageTemplate template) {
    var parts = new TreeSet<String>();
    if (template.channels().contains(Channel.EMAIL)) {
      parts.addAll(Set.of("subject", "text"));
    }
    if (template.channels().contains(Channel.SMS)) {
      parts.add("short");
    }
    if (template.channels().contains(Channel.PUSH)) {
      parts.addAll(Set.of("title", "short"));
    }
    if (template.link() != null) {
      parts.add("button");
    }
    if (Arrays.stream(template.facts().getRecordComponents())
        .anyMatch(fact -> fact.getType() == List.class)) {
      parts.add("item");
    }
    var keys = new TreeSet<String>();
    parts.forEach(part -> keys.add(template.text() + "." + part));
    return keys;
  }

  private static Stream<String> components(Class<?> facts) {
    return Arrays.stream(facts.getRecordComponents()).map(component -> component.getName());
  }
}
