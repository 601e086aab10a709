package dev.mainstay.benchmark.purchase;

import dev.mainstay.db.TimeOrderedId;
import dev.mainstay.sandbox.load.FreePair;
import java.io.Serializable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was paid. Some engines keep it as JSON, some as a serialized object.
 *
 * @param body as an intake row holds it
 */
public record Order(UUID purchaseId, String paymentId, String body) implements Serializable {

  /** Of a pair each, under ids of the length and the order that the product's own have. */
  public static List<Order> of(List<FreePair> pairs) {
    return pairs.stream().map(Order::of).toList();
  }

  private static Order of(FreePair pair) {
    String payment = "pi_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    String body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "provider", "stripe",
                    "providerPaymentId", payment,
                    "studentId", pair.student(),
                    "courseId", pair.course(),
                    "amountMinor", pair.priceMinor(),
                    "currency", pair.currency()));
    return new Order(TimeOrderedId.next(InstantSource.system()), payment, body);
  }
}
