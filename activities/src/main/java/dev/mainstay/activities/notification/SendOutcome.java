package dev.mainstay.activities.notification;

import dev.mainstay.activities.notification.MessageOutcome.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a try made of messages.
 *
 * @param sent how many were sent now
 * @param notSent how many are not to be sent at all, each with its reason
 * @param left how many still wait: not reached, or not known
 * @param said why one still waits, without an address or a name; null where none does
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
