package dev.mainstay.api.attention;

import dev.mainstay.api.access.Caller;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.temporal.TemporalUnavailable;
import dev.mainstay.db.generated.tables.records.AttentionRecord;
import dev.mainstay.workflows.step.OperatorAction;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Retries what a filter finds, one item after the other, no faster than the configured rate. */
@Component
class BulkRetryService {

  private final AttentionQueries items;
  private final AttentionService service;
  private final BlockingBucket rate;

  BulkRetryService(
      AttentionQueries items, AttentionService service, AttentionProperties properties) {
    this.items = items;
    this.service = service;
    int perSecond = properties.retriesPerSecond();
    this.rate =
        Bucket.builder()
            .addLimit(
                limit -> limit.capacity(perSecond).refillGreedy(perSecond, Duration.ofSeconds(1)))
            .build()
            .asBlocking();
  }

  /**
   * Retries a page of items. If Temporal becomes unavailable, the page ends there.
   *
   * @throws Refusal if this process is stopping
   */
  Page<BulkRetry.Result> retry(BulkRetry request, Caller caller) {
    List<AttentionRecord> found = items.list(request.filter().condition(), request.page());
    int limit = request.page().withOneMore() - 1;
    List<BulkRetry.Result> results = new ArrayList<>();
    boolean more = found.size() > limit;
    for (AttentionRecord item : found.subList(0, Math.min(found.size(), limit))) {
      BulkRetry.Result result = retry(item, request, caller);
      results.add(result);
      if (result.outcome().equals("unavailable")) {
        more = false;
        break;
      }
    }
    return new Page<>(results, more ? results.getLast().id() : null);
  }

  private BulkRetry.Result retry(AttentionRecord item, BulkRetry request, Caller caller) {
    try {
      rate.consume(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Refusal.busy();
    }
    try {
      service.act(
          item.getId(), OperatorAction.RETRY, new OperatorRequest.Plain(request.reason()), caller);
      return result(item, "retried", null);
    } catch (Refusal refusal) {
      return result(item, "refused", refusal.getBody().getDetail());
    } catch (RuntimeException e) {
      if (TemporalUnavailable.explains(e)) {
        return result(item, "unavailable", "Temporal is away, or no worker answers");
      }
      throw e;
    }
  }

  private static BulkRetry.Result result(
      AttentionRecord item, String outcome, @Nullable String detail) {
    return new BulkRetry.Result(item.getId(), item.getBusinessKey(), outcome, detail);
  }
}
