package dev.mainstay.activities.payroll;

import dev.mainstay.activities.gateway.NotReachedException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The gateway if no provider is configured: it requests no payout, and the run waits for an
 * operator.
 */
public final class NoTransferGateway implements TransferGateway {

  @Override
  public Answer transfer(Wish wish) {
    return new Answer.Withheld("no-payment-provider");
  }

  @Override
  public Optional<Answer.Accepted> find(UUID payoutId) {
    throw new NotReachedException("There is no payment provider");
  }

  @Override
  public MadePage made(Instant since, @Nullable Instant until, @Nullable String after) {
    return new MadePage(List.of(), null);
  }
}
