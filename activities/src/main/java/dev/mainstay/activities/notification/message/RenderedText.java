package dev.mainstay.activities.notification.message;

import dev.mainstay.activities.notification.message.EmailLayout.Detail;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The text of one draft: its words in the reader's language, with its facts for their variables.
 */
final class RenderedText {

  private final MessageBundle words;
  private final String template;
  private final List<Fact> facts;
  private final Map<String, Object> full;
  private final Map<String, Object> brief;

  RenderedText(MessageBundle words, MessageDraft draft, String marketplace) {
    this.words = words;
    this.template = draft.template().text();
    this.facts = Fact.of((Record) draft.facts());
    var people =
        List.of(
            new Fact("name", false, draft.to().name()),
            new Fact("marketplace", false, marketplace));
    this.full = variables(people, words.phrasing()::full);
    this.brief = variables(people, words.phrasing()::brief);
  }

  private Map<String, Object> variables(List<Fact> people, UnaryOperator<Object> phrase) {
    var variables = Fact.variables(facts, phrase);
    variables.putAll(Fact.variables(people, phrase));
    return variables;
  }

  Locale locale() {
    return words.locale();
  }

  /** In one line of little room: a subject, a title, a text message. */
  String briefly(String part) {
    return words.say(template + "." + part, brief);
  }

  /** As a text message, which says who sends it. */
  String textMessage() {
    var message = new HashMap<>(brief);
    message.put("short", briefly("short"));
    return words.say("sms", message);
  }

  /** With all the room that an e-mail has. */
  String fully(String part) {
    return words.say(template + "." + part, full);
  }

  /** The text that all messages share. */
  String common(String key) {
    return words.say(key, full);
  }

  List<String> paragraphs() {
    return List.of(fully("text").split("\n\n"));
  }

  /** The facts that have a label, in the order in which the record has them. */
  List<Detail> details() {
    return facts.stream()
        .filter(fact -> fact.value() != null && words.has("label." + fact.name()))
        .map(fact ->
            new Detail(common("label." + fact.name()), String.valueOf(full.get(fact.name()))))
        .toList();
  }

  /** The entries of the lists among the facts. */
  List<String> items() {
    return facts.stream()
        .flatMap(fact -> fact.value() instanceof List<?> list ? list.stream() : null)
        .map(item ->
            words.say(
                template + ".item", Fact.variables(Fact.of((Record) item), words.phrasing()::full)))
        .toList();
  }
}
