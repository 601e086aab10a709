package dev.mainstay.activities.notification.message;

import com.ibm.icu.util.ULocale;
import dev.mainstay.activities.notification.gateway.Email;
import dev.mainstay.activities.notification.gateway.Push;
import dev.mainstay.activities.notification.gateway.Sms;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts drafts into words. */
final class MessageRenderer {

  private static final TemplateEngine LAYOUTS =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          MessageRenderer.class.getClassLoader(),
          MessageRenderer.class.getPackageName());

  private final String marketplace;

  /**
   * Signs as the marketplace.
   *
   * @param marketplace its name
   */
  MessageRenderer(String marketplace) {
    this.marketplace = marketplace;
  }

  /**
   * Writes it.
   *
   * @param draft whose recipient is reached by its channel
   */
  RenderedMessage write(MessageDraft draft) {
    MessageBundle words = MessageBundle.of(draft.to().locale());
    RenderedText said = new RenderedText(words, draft, marketplace);
    return switch (draft.channel()) {
      case EMAIL -> new RenderedMessage.Mail(email(draft, said));
      case SMS ->
          new RenderedMessage.Text(
              new Sms(
                  draft.messageId(),
                  Objects.requireNonNull(draft.to().phone()),
                  said.textMessage()));
      case PUSH -> {
        String title = said.briefly("title");
        String text = said.briefly("short");
        yield new RenderedMessage.Notices(
            draft.to().pushTokens().stream()
                .map(token -> new Push(draft.messageId(), token, title, text))
                .toList());
      }
    };
  }

  private static Email email(MessageDraft draft, RenderedText said) {
    EmailLayout page =
        new EmailLayout(
            said.locale().toLanguageTag(),
            new ULocale(said.locale().toLanguageTag()).isRightToLeft() ? "rtl" : "ltr",
            said.briefly("subject"),
            said.common("greeting"),
            said.paragraphs(),
            said.details(),
            said.items(),
            draft.link() == null ? null : new EmailLayout.Link(said.fully("button"), draft.link()),
            said.common("closing"),
            footer(said, draft.unsubscribe()));
    var html = new StringOutput();
    LAYOUTS.render("message.jte", page, html);
    return new Email(
        draft.messageId(),
        Objects.requireNonNull(draft.to().email()),
        page.language(),
        page.subject(),
        page.text(),
        html.toString(),
        draft.unsubscribe(),
        draft.attachments());
  }

  private static EmailLayout.@Nullable Footer footer(
      RenderedText said, @Nullable String unsubscribe) {
    return unsubscribe == null
        ? null
        : new EmailLayout.Footer(
            said.common("reminder"), new EmailLayout.Link(said.common("unsubscribe"), unsubscribe));
  }
}
