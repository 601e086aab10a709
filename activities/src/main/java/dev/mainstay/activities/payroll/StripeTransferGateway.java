package dev.mainstay.activities.payroll;

import static java.util.Objects.requireNonNullElse;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.StripeCollection;
import com.stripe.model.Transfer;
import com.stripe.net.RequestOptions;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;
import dev.mainstay.activities.gateway.NotReachedException;
import dev.mainstay.activities.gateway.StripeFailure;
import dev.mainstay.activities.gateway.StripeMode;
import dev.mainstay.db.CanonicalUuid;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stripe Connect, by Stripe's own client. A transfer's group is the payout's id, which its metadata
 * also holds.
 */
public final class StripeTransferGateway implements TransferGateway {

  private static final String PAYOUT_ID = "mainstay_payout";
  private static final String INSTALLATION = "mainstay_installation";
  private static final String CADENCE = "mainstay_cadence";
  private static final String PERIOD_START = "mainstay_period_start";

  private static final long PAGE = 100;

  /** Codes that say something of the platform's own account, and the reason in our words. */
  private static final Map<String, String> WITHHELD =
      Map.of(
          "balance_insufficient", "insufficient-balance",
          "insufficient_funds", "insufficient-balance",
          "transfers_not_allowed", "transfers-not-allowed");

  private final StripeClient stripe;
  private final StripeMode mode;

  /**
   * Made for a client that does not retry by itself: how often Stripe is asked is the step's to
   * say.
   *
   * @param mode the mode whose transfers pay our vendors; those of the other mode never do
   */
  public StripeTransferGateway(StripeClient stripe, StripeMode mode) {
    this.stripe = stripe;
    this.mode = mode;
  }

  @Override
  public Answer transfer(Wish wish) {
    String id = wish.payoutId().toString();
    var transfer =
        TransferCreateParams.builder()
            .setAmount(wish.amountMinor())
            .setCurrency(wish.currency().toLowerCase(Locale.ROOT))
            .setDestination(wish.destination())
            .setTransferGroup(id)
            .putMetadata(PAYOUT_ID, id)
            .putMetadata(INSTALLATION, wish.origin().installation().toString())
            .putMetadata(CADENCE, wish.origin().cadence())
            .putMetadata(PERIOD_START, wish.origin().periodStart().toString())
            .build();
    var once =
        RequestOptions.builder().setIdempotencyKey("payout/" + id + "/" + wish.attempt()).build();
    try {
      Transfer made = stripe.v1().transfers().create(transfer, once);
      return mode.has(made.getLivemode())
          ? new Answer.Accepted(made.getId())
          : new Answer.Unknown(StripeMode.OTHER, false);
    } catch (StripeException failure) {
      return answer(StripeFailure.of(failure));
    }
  }

  @Override
  public Optional<Answer.Accepted> find(UUID payoutId) {
    var ofPayout = TransferListParams.builder().setTransferGroup(payoutId.toString()).build();
    try {
      return stripe.v1().transfers().list(ofPayout).getData().stream()
          .filter(transfer -> isOf(transfer, payoutId))
          .map(this::ofOurMode)
          .findFirst()
          .map(transfer -> new Answer.Accepted(transfer.getId()));
    } catch (StripeException failure) {
      throw new NotReachedException("Stripe cannot be asked: " + StripeFailure.of(failure).said());
    }
  }

  @Override
  public MadePage made(Instant since, @Nullable Instant until, @Nullable String after) {
    var created = TransferListParams.Created.builder().setGte(since.getEpochSecond());
    if (until != null) {
      created.setLt(until.getEpochSecond());
    }
    var made =
        TransferListParams.builder()
            .setLimit(PAGE)
            .setStartingAfter(after)
            .setCreated(created.build())
            .build();
    try {
      StripeCollection<Transfer> page = stripe.v1().transfers().list(made);
      List<Transfer> transfers = page.getData();
      return new MadePage(
          transfers.stream().map(this::ofOurMode).flatMap(StripeTransferGateway::ofPayout).toList(),
          Boolean.TRUE.equals(page.getHasMore()) ? transfers.getLast().getId() : null);
    } catch (StripeException failure) {
      throw new NotReachedException("Stripe cannot be asked: " + StripeFailure.of(failure).said());
    }
  }

  private Transfer ofOurMode(Transfer transfer) {
    mode.require(transfer.getLivemode());
    return transfer;
  }

  /** Empty for a transfer of other business on the same account. */
  private static Stream<Made> ofPayout(Transfer transfer) {
    return CanonicalUuid.parse(transfer.getMetadata().getOrDefault(PAYOUT_ID, ""))
        .map(payoutId ->
            new Made(
                transfer.getId(),
                payoutId,
                origin(transfer.getMetadata()),
                requireNonNullElse(transfer.getDestination(), ""),
                transfer.getAmount(),
                transfer.getCurrency().toUpperCase(Locale.ROOT),
                requireNonNullElse(transfer.getAmountReversed(), 0L),
                Instant.ofEpochSecond(transfer.getCreated())))
        .stream();
  }

  private static @Nullable Origin origin(Map<String, String> metadata) {
    Optional<UUID> installation = CanonicalUuid.parse(metadata.getOrDefault(INSTALLATION, ""));
    String cadence = metadata.get(CADENCE);
    String periodStart = metadata.get(PERIOD_START);
    if (installation.isEmpty() || cadence == null || periodStart == null) {
      return null;
    }
    try {
      return new Origin(installation.get(), cadence, LocalDate.parse(periodStart));
    } catch (DateTimeException _) {
      return null;
    }
  }

  private static boolean isOf(Transfer transfer, UUID payoutId) {
    return payoutId.toString().equals(transfer.getMetadata().get(PAYOUT_ID));
  }

  private static Answer answer(StripeFailure failure) {
    return switch (failure.means()) {
      case NOT_REACHED -> throw new NotReachedException(failure.said());
      case UNKNOWN -> new Answer.Unknown(failure.said(), failure.stored());
      case REFUSED -> {
        String withheld = WITHHELD.get(failure.code());
        yield withheld == null ? new Answer.Refused(failure.said()) : new Answer.Withheld(withheld);
      }
    };
  }
}
