package dev.mainstay.sandbox.smtp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The mails that were taken last. Older ones are forgotten: the ledger still counts them. */
final class Mailbox {

  static final int MOST = 1_000;

  private final Deque<Mail> mails = new ArrayDeque<>();

  synchronized void add(Mail mail) {
    mails.addFirst(mail);
    if (mails.size() > MOST) {
      mails.removeLast();
    }
  }

  /** The latest first. */
  synchronized List<Mail> mails() {
    return new ArrayList<>(mails);
  }

  Optional<Mail> find(long number) {
    return mails().stream().filter(mail -> mail.number() == number).findFirst();
  }
}
