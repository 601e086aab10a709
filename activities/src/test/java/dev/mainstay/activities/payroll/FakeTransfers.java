package dev.mainstay.activities.payroll;

import dev.mainstay.activities.payroll.TransferGateway.Answer.Accepted;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Unknown;
import dev.mainstay.activities.payroll.TransferGateway.Answer.Withheld;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A provider that keeps its word: it carries out a key once, repeats its first answer, and finds
 * every transfer that it made. It gives the test's answers, in order, and then accepts.
 */
final class FakeTransfers implements TransferGateway {

  /** The calls so far, as {@code find} or {@code 1 acct_0}. */
  final List<String> asked = Collections.synchronizedList(new ArrayList<>());

  /** The transfers made so far, one for each payout, two if it was paid twice. */
  final List<UUID> made = Collections.synchronizedList(new ArrayList<>());

  /** Every transfer, in the order in which they were made. */
  final List<Made> list = new ArrayList<>();

  private final Map<String, Answer> kept = new HashMap<>();
  private final Map<UUID, Accepted> byPayout = new HashMap<>();
  private final Queue<Does> script = new ArrayDeque<>();
  private @Nullable Runnable before;
  private @Nullable Runnable beforeLooking;

  /** The provider's behaviour for one transfer. */
  private record Does(boolean transfers, boolean keeps, Supplier<Answer> says) {}

  /** Accepts, and says something else. */
  void acceptsBut(Supplier<Answer> says) {
    script.add(new Does(true, false, says));
  }

  /** Does nothing, and keeps its answer. */
  void says(Answer answer) {
    script.add(new Does(false, true, () -> answer));
  }

  /** Does nothing, and keeps nothing. */
  void fails(Supplier<Answer> says) {
    script.add(new Does(false, false, says));
  }

  /** The same, and from the second time on it says that it has said so before. */
  void keepsFailing() {
    script.add(new Does(false, true, () -> new Unknown("error (500)", false)));
  }

  /** Forgets all keys, as a provider does after a day. */
  synchronized void forgetKeys() {
    kept.clear();
  }

  /** Is run when a transfer is asked for, before anything is done. */
  void whileAsked(Runnable meanwhile) {
    before = meanwhile;
  }

  /** Is run when a transfer is looked for, before anything is answered. */
  void whileLooking(Runnable meanwhile) {
    beforeLooking = meanwhile;
  }

  @Override
  public Answer transfer(Wish wish) {
    Runnable meanwhile = before;
    if (meanwhile != null) {
      meanwhile.run();
    }
    return answer(wish);
  }

  private synchronized Answer answer(Wish wish) {
    asked.add(wish.attempt() + " " + wish.destination());
    String key = wish.payoutId() + "/" + wish.attempt();
    Answer first = kept.get(key);
    if (first != null) {
      return first instanceof Unknown unknown ? new Unknown(unknown.why(), true) : first;
    }
    Does does = script.isEmpty() ? null : script.remove();
    if (does == null || does.transfers()) {
      var accepted = new Accepted("tr_" + (made.size() + 1));
      made.add(wish.payoutId());
      list.add(
          new Made(
              accepted.transferId(),
              wish.payoutId(),
              wish.origin(),
              wish.destination(),
              wish.amountMinor(),
              wish.currency(),
              0,
              Instant.now()));
      byPayout.put(wish.payoutId(), accepted);
      kept.put(key, accepted);
      return does == null ? accepted : does.says().get();
    }
    Answer says = does.says().get();
    if (does.keeps()) {
      kept.put(key, says);
    }
    return says;
  }

  @Override
  public Optional<Accepted> find(UUID payoutId) {
    Runnable meanwhile = beforeLooking;
    if (meanwhile != null) {
      meanwhile.run();
    }
    return found(payoutId);
  }

  private synchronized Optional<Accepted> found(UUID payoutId) {
    asked.add("find");
    return Optional.ofNullable(byPayout.get(payoutId));
  }

  /** A page of 100; what comes next is a number. */
  @Override
  public synchronized MadePage made(
      Instant since, @Nullable Instant until, @Nullable String after) {
    int from = after == null ? 0 : Integer.parseInt(after);
    int to = Math.min(from + 100, list.size());
    return new MadePage(
        List.copyOf(list.subList(from, to)), to < list.size() ? String.valueOf(to) : null);
  }

  static Answer poor() {
    return new Withheld("insufficient-balance");
  }
}
