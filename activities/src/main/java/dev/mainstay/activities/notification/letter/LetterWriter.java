package dev.mainstay.activities.notification.letter;

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
final class LetterWriter {

  private static final TemplateEngine LAYOUTS =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          LetterWriter.class.getClassLoader(),
          LetterWriter.class.getPackageName());

  private final String marketplace;

  /**
   * Signs as the marketplace.
   *
   * @param marketplace its name
   */
  LetterWriter(String marketplace) {
    this.marketplace = marketplace;
  }

  /**
   * Writes it.
   *
   * @param draft whose recipient is reached by its channel
   */
  Letter write(Draft draft) {
    Words words = Words.of(draft.to().locale());
    Said said = new Said(words, draft, marketplace);
    return switch (draft.channel()) {
      case EMAIL -> new Letter.Mail(email(draft, said));
      case SMS ->
          new Letter.Text(
              new Sms(
                  draft.messageId(),
                  Objects.requireNonNull(draft.to().phone()),
                  said.textMessage()));
      case PUSH -> {
        String title = said.briefly("title");
        String text = said.briefly("short");
        yield new Letter.Notices(
            draft.to().pushTokens().stream()
                .map(token -> new Push(draft.messageId(), token, title, text))
                .toList());
      }
    };
  }

  private static Email email(Draft draft, Said said) {
    Page page =
        new Page(
            said.locale().toLanguageTag(),
            new ULocale(said.locale().toLanguageTag()).isRightToLeft() ? "rtl" : "ltr",
            said.briefly("subject"),
            said.common("greeting"),
            said.paragraphs(),
            said.details(),
            said.items(),
            draft.link() == null ? null : new Page.Link(said.fully("button"), draft.link()),
            said.common("closing"),
            footer(said, draft.unsubscribe()));
    var html = new StringOutput();
    LAYOUTS.render("letter.jte", page, html);
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

  private static Page.@Nullable Footer footer(Said said, @Nullable String unsubscribe) {
    return unsubscribe == null
        ? null
        : new Page.Footer(
            said.common("reminder"), new Page.Link(said.common("unsubscribe"), unsubscribe));
  }
}
