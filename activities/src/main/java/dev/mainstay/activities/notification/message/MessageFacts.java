package dev.mainstay.activities.notification.message;

import static dev.mainstay.db.generated.Tables.MESSAGE_FACTS;
import static java.util.Objects.requireNonNullElse;

import dev.mainstay.activities.notification.gateway.Attachment;
import dev.mainstay.activities.notification.message.MessageDraft.Recipient;
import dev.mainstay.activities.notification.message.MessageTemplate.About;
import dev.mainstay.activities.notification.message.MessageTemplate.Reader;
import dev.mainstay.workflows.notification.Channel;
import dev.mainstay.workflows.notification.MessageKind;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jooq.JSONB;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * A message with the database's facts about its reader and its subject.
 *
 * @param recipient null if the reader is gone
 * @param facts by the names of the variables; null if the subject is gone
 * @param attachments the files that go with its e-mail
 */
record MessageFacts(
    UUID id,
    MessageKind kind,
    Channel channel,
    Reader reader,
    UUID recipientId,
    About about,
    UUID subjectId,
    @Nullable Recipient recipient,
    @Nullable String facts,
    List<Attachment> attachments) {

  MessageFacts {
    attachments = List.copyOf(attachments);
  }

  /** As {@code message_facts} answers it. */
  static MessageFacts of(Record row) {
    JSONB facts = row.get(MESSAGE_FACTS.FACTS);
    return new MessageFacts(
        row.get(MESSAGE_FACTS.MESSAGE_ID),
        MessageKind.of(row.get(MESSAGE_FACTS.KIND)),
        Channel.of(row.get(MESSAGE_FACTS.CHANNEL)),
        Reader.of(row.get(MESSAGE_FACTS.RECIPIENT_KIND)),
        row.get(MESSAGE_FACTS.RECIPIENT_ID),
        About.of(row.get(MESSAGE_FACTS.SUBJECT_KIND)),
        row.get(MESSAGE_FACTS.SUBJECT_ID),
        row.get(MESSAGE_FACTS.NAME) == null ? null : recipient(row),
        facts == null ? null : facts.data(),
        attachments(row));
  }

  private static List<Attachment> attachments(Record row) {
    byte[] content = row.get(MESSAGE_FACTS.ATTACHMENT);
    return content == null
        ? List.of()
        : List.of(new Attachment(row.get(MESSAGE_FACTS.FILE_NAME), "application/pdf", content));
  }

  private static Recipient recipient(Record row) {
    return new Recipient(
        row.get(MESSAGE_FACTS.NAME),
        row.get(MESSAGE_FACTS.EMAIL),
        row.get(MESSAGE_FACTS.PHONE),
        List.of(requireNonNullElse(row.get(MESSAGE_FACTS.PUSH_TOKENS), new String[0])),
        Locale.forLanguageTag(row.get(MESSAGE_FACTS.LOCALE)));
  }

  /**
   * Its words.
   *
   * @throws IllegalArgumentException if there are none for it
   */
  MessageTemplate template() {
    return MessageTemplate.of(kind, reader, about, channel);
  }
}
