package dev.mainstay.activities.notification;

import dev.mainstay.activities.notification.MessageOutcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a try to send messages.
 *
 * @param sent the number sent in this try
 * @param notSent the number that will never be sent, each with its reason
 * @param left the number that still wait: not reached, or unknown
 * @param said why one still waits, without an address or a name; null if none does
 */
public record SendOutcome(int sent, int notSent, int left, @Nullable String said) {

  /** There was nothing to send. */
  static final SendOutcome NOTHING = new SendOutcome(0, 0, 0, null);

  static SendOutcome of(List<MessageOutcome> outcomes) {
    List<MessageOutcome> open = outcomes.stream().filter(o -> o.outcome().isOpen()).toList();
    int sent = (int) outcomes.stream().filter(o -> o.outcome() == Outcome.SENT).count();
    return new SendOutcome(
        sent,
        outcomes.size() - sent - open.size(),
        open.size(),
        open.isEmpty() ? null : open.getFirst().reason());
  }
}
