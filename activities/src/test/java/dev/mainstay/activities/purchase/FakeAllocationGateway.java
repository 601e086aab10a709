package dev.mainstay.activities.purchase;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** An admin service that gives the test's answers, in order. */
final class FakeAllocationGateway implements AllocationGateway {

  final List<Wish> wishes = new ArrayList<>();
  final List<String> found = new ArrayList<>();
  private final Queue<Answer> answers = new ArrayDeque<>();
  private Runnable meanwhile = () -> {};

  FakeAllocationGateway answer(Answer answer) {
    answers.add(answer);
    return this;
  }

  /** Runs the given action during the next request for a trainer. */
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
