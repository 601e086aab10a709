package dev.mainstay.activities.notification.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail's parts, before they are laid out: as HTML by the template {@code message.jte}, as
 * plain text here.
 *
 * @param language IETF tag
 * @param direction {@code ltr} or {@code rtl}
 * @param items what is listed one below the other
 * @param footer null where there is none
 */
record EmailLayout(
    String language,
    String direction,
    String subject,
    String greeting,
    List<String> paragraphs,
    List<Detail> details,
    List<String> items,
    @Nullable Link button,
    String closing,
    @Nullable Footer footer) {

  /** A fact with its label. */
  record Detail(String label, String value) {}

  /** A text that links to an address. */
  record Link(String words, String address) {}

  /** The reason why the reader gets this mail, and the way to stop it. */
  record Footer(String words, Link unsubscribe) {}

  String text() {
    var blocks = new ArrayList<String>();
    blocks.add(greeting);
    blocks.addAll(paragraphs);
    if (!details.isEmpty()) {
      blocks.add(
          String.join(
              "\n", details.stream().map(one -> one.label() + ": " + one.value()).toList()));
    }
    if (!items.isEmpty()) {
      blocks.add(String.join("\n", items.stream().map("- "::concat).toList()));
    }
    if (button != null) {
      blocks.add(button.words() + ":\n" + button.address());
    }
    blocks.add(closing);
    if (footer != null) {
      blocks.add("-- \n" + footer.words());
      blocks.add(footer.unsubscribe().words() + ":\n" + footer.unsubscribe().address());
    }
    return String.join("\n\n", blocks) + "\n";
  }
}
