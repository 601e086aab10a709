package dev.mainstay.workflows.purchase;

import dev.mainstay.workflows.purchase.PurchaseSteps.Reason;
import dev.mainstay.workflows.purchase.PurchaseSteps.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** An admin service that gives the test's answers, in order, and then gives a trainer. */
final class FakeAdminService implements AdminServiceSteps {

  /** The keys' numbers, in the order in which trainers were asked for. */
  final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());

  final List<Integer> confirmed = Collections.synchronizedList(new ArrayList<>());
  private final Queue<Function<Request, Answer>> allocations = new ConcurrentLinkedQueue<>();
  private final Queue<Function<Request, Answer>> confirmations = new ConcurrentLinkedQueue<>();

  FakeAdminService refuses(Reason reason) {
    allocations.add(refusal(reason));
    return this;
  }

  FakeAdminService refuses(int times, Reason reason) {
    allocations.addAll(Collections.nCopies(times, refusal(reason)));
    return this;
  }

  FakeAdminService approves() {
    allocations.add(_ -> new Answer(List.of(), false));
    return this;
  }

  FakeAdminService fails(int times) {
    allocations.addAll(
        Collections.nCopies(
            times,
            _ -> {
              throw new IllegalStateException("answered 500");
            }));
    return this;
  }

  FakeAdminService isNotActive(int times) {
    confirmations.addAll(Collections.nCopies(times, refusal(Reason.NOT_ACTIVE)));
    return this;
  }

  FakeAdminService endedBeforeItWasActive() {
    confirmations.add(refusal(Reason.ENDED));
    return this;
  }

  @Override
  public Answer allocate(Request request) {
    asked.add(request.refusals());
    return answer(allocations, request);
  }

  @Override
  public Answer confirm(Request request) {
    confirmed.add(request.refusals());
    return answer(confirmations, request);
  }

  private static Answer answer(Queue<Function<Request, Answer>> answers, Request request) {
    Function<Request, Answer> answer = answers.poll();
    return answer == null ? new Answer(List.of(), true) : answer.apply(request);
  }

  private static Function<Request, Answer> refusal(Reason reason) {
    return request ->
        new Answer(List.of(new Refusal(request.purchaseId(), reason, "as told")), false);
  }
}
