package dev.mainstay.activities.notification.message;

import dev.mainstay.activities.notification.gateway.Email;
import dev.mainstay.activities.notification.gateway.Push;
import dev.mainstay.activities.notification.gateway.Sms;
import dev.mainstay.workflows.notification.Channel;
import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A draft with sample facts, as a test wants it changed. */
record TestMessageDraft(MessageDraft draft) {

  static final String MARKETPLACE = "Example";

  private static final MessageRenderer WRITER = new MessageRenderer(MARKETPLACE);

  static TestMessageDraft of(MessageTemplate template, Channel channel, Locale reader) {
    return new TestMessageDraft(MessagePreview.draft(template, channel, reader));
  }

  /** Every template in every language by each of its channels. */
  static Stream<TestMessageDraft> all() {
    return Arrays.stream(MessageTemplate.values())
        .flatMap(template ->
            MessageBundle.LANGUAGES.stream()
                .flatMap(language ->
                    template.channels().stream().map(channel -> of(template, channel, language))));
  }

  TestMessageDraft telling(Facts facts) {
    return new TestMessageDraft(
        new MessageDraft(
            draft.messageId(),
            draft.template(),
            draft.channel(),
            draft.to(),
            facts,
            draft.link(),
            draft.unsubscribe(),
            draft.attachments()));
  }

  TestMessageDraft to(String name) {
    return new TestMessageDraft(
        new MessageDraft(
            draft.messageId(),
            draft.template(),
            draft.channel(),
            new MessageDraft.Recipient(
                name,
                draft.to().email(),
                draft.to().phone(),
                draft.to().pushTokens(),
                draft.to().locale()),
            draft.facts(),
            draft.link(),
            draft.unsubscribe(),
            draft.attachments()));
  }

  /** The same without any fact that it may lack. */
  TestMessageDraft bare() {
    return telling(
        changed(
            (Record) draft.facts(),
            Facts.class,
            (component, value) -> Fact.isOptional(component) ? null : value));
  }

  /** The same with every text that people have entered changed. */
  TestMessageDraft withTexts(UnaryOperator<String> change) {
    return telling(
            changed(
                (Record) draft.facts(),
                Facts.class,
                (_, value) -> value instanceof String text ? change.apply(text) : value))
        .to(change.apply(draft.to().name()));
  }

  /** The same where people look at this zone's clock. */
  TestMessageDraft in(ZoneId zone) {
    return telling(
        changed(
            (Record) draft.facts(),
            Facts.class,
            (_, value) ->
                value instanceof ZonedMoment when ? new ZonedMoment(when.at(), zone) : value));
  }

  RenderedMessage letter() {
    return WRITER.write(draft);
  }

  /** All that its reader sees, each part in a line or more. */
  String read() {
    return switch (letter()) {
      case RenderedMessage.Mail(Email email) ->
          String.join("\n", email.subject(), email.text(), email.html());
      case RenderedMessage.Text(Sms sms) -> sms.text();
      case RenderedMessage.Notices notices -> {
        Push push = notices.pushes().getFirst();
        yield push.title() + "\n" + push.text();
      }
      case RenderedMessage.Unsendable(String reason) -> throw new AssertionError(reason);
      case RenderedMessage.Broken(String said) -> throw new AssertionError(said);
    };
  }

  Email email() {
    return ((RenderedMessage.Mail) letter()).email();
  }

  /** The text message where everybody and everything is called so, the marketplace too. */
  String calling(String name) {
    var letter = new MessageRenderer(name).write(withTexts(_ -> name).draft);
    return ((RenderedMessage.Text) letter).sms().text();
  }

  private interface Change {
    @Nullable Object of(RecordComponent component, @Nullable Object value);
  }

  private static <T> T changed(Record facts, Class<T> as, Change change) {
    RecordComponent[] components = facts.getClass().getRecordComponents();
    try {
      @Nullable Object[] values = new @Nullable Object[components.length];
      for (int i = 0; i < components.length; i++) {
        values[i] = change.of(components[i], components[i].getAccessor().invoke(facts));
      }
      return as.cast(
          facts
              .getClass()
              .getDeclaredConstructor(
                  Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new))
              .newInstance(values));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  @Override
  public String toString() {
    return "%s by %s in %s"
        .formatted(
            draft.template().text(), draft.channel().text(), draft.to().locale().toLanguageTag());
  }
}
