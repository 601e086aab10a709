package dev.mainstay.activities.purchase;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** An admin service that answers what a test tells it, in order. */
final class FakeAllocationGateway implements AllocationGateway {

  final List<Wish> wishes = new ArrayList<>();
  final List<String> found = new ArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private Runnable meanwhile = () -> {};

  FakeAllocationGateway answer(Answer answer) {
    answers.add(answer);
    return this;
  }

  /** What happens while it is asked for a trainer. */
  FakeAllocationGateway whileAsked(Runnable happens) {
    meanwhile = happens;
    return this;
  }

  @Override
  public Answer allocate(Wish wish) {
    wishes.add(wish);
    meanwhile.run();
    return answers.remove();
  }

  @Override
  public Answer find(String id) {
    found.add(id);
    return answers.remove();
  }
}
