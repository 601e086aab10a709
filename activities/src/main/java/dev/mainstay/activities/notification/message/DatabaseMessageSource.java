package dev.mainstay.activities.notification.message;

import static dev.mainstay.db.generated.Tables.MESSAGE_FACTS;

import dev.mainstay.activities.notification.message.RenderedMessage.Broken;
import dev.mainstay.activities.notification.message.RenderedMessage.Unsendable;
import dev.mainstay.workflows.notification.Channel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Messages from the facts in our own database, read in one statement however many they are. */
public final class DatabaseMessageSource implements MessageSource {

  private static final Logger log = LoggerFactory.getLogger(DatabaseMessageSource.class);

  private final DSLContext database;
  private final JsonMapper json;
  private final MessageSettings settings;
  private final TokenSource tokens;
  private final MessageRenderer writer;

  public DatabaseMessageSource(
      DSLContext database, JsonMapper json, MessageSettings settings, TokenSource tokens) {
    this.database = database;
    this.json = json;
    this.settings = settings;
    this.tokens = tokens;
    this.writer = new MessageRenderer(settings.marketplace());
  }

  @Override
  public Map<UUID, RenderedMessage> write(List<UUID> messages) {
    var letters = new LinkedHashMap<UUID, RenderedMessage>();
    for (var row : database.selectFrom(MESSAGE_FACTS.call(messages.toArray(UUID[]::new)))) {
      MessageFacts message = MessageFacts.of(row);
      letters.put(message.id(), write(message));
    }
    return letters;
  }

  /** A message that cannot be written must not hold the others of its page. */
  private RenderedMessage write(MessageFacts message) {
    try {
      return letter(message);
    } catch (RuntimeException e) {
      log.error("Message {} cannot be written", message.id(), e);
      return new Broken(
          message.kind().text() + " cannot be written: " + e.getClass().getSimpleName());
    }
  }

  private RenderedMessage letter(MessageFacts message) {
    MessageTemplate template = message.template();
    if (message.recipient() == null || message.facts() == null) {
      return new Unsendable("gone");
    }
    if (!message.recipient().isReachedBy(message.channel())) {
      return new Unsendable("no-address");
    }
    boolean canBeEnded = message.channel() == Channel.EMAIL && template.isReminder();
    String button = template.link() == null ? null : settings.url(template.link());
    String unsubscribe = canBeEnded ? settings.unsubscribeUrl() : null;
    if ((template.link() != null && button == null) || (canBeEnded && unsubscribe == null)) {
      return new Unsendable("not-configured");
    }
    return writer.write(
        new MessageDraft(
            message.id(),
            template,
            message.channel(),
            message.recipient(),
            facts(message.facts(), template),
            filled(button, message),
            filled(unsubscribe, message),
            message.attachments()));
  }

  /** Selects the facts that the message needs. */
  private Facts facts(String ofSubject, MessageTemplate template) {
    return json.readerFor(template.facts())
        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .readValue(ofSubject);
  }

  private @Nullable String filled(@Nullable String url, MessageFacts message) {
    if (url == null) {
      return null;
    }
    String ofCustomer = url.replace("{customer}", message.recipientId().toString());
    return ofCustomer.contains("{token}")
        ? ofCustomer.replace("{token}", tokens.newToken(message.subjectId()))
        : ofCustomer;
  }
}
