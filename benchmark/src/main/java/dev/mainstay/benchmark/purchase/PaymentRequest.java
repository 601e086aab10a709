package dev.mainstay.benchmark.purchase;

import dev.mainstay.db.TimeOrderedId;
import dev.mainstay.sandbox.load.StudentCoursePair;
import java.io.Serializable;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * A payment. Some engines keep it as JSON, some as a serialized object.
 *
 * @param body as an intake row holds it
 */
public record PaymentRequest(UUID purchaseId, String paymentId, String body)
    implements Serializable {

  /** Of a pair each, under ids of the length and the order that the product's own have. */
  public static List<PaymentRequest> of(List<StudentCoursePair> pairs) {
    return pairs.stream().map(PaymentRequest::of).toList();
  }

  private static PaymentRequest of(StudentCoursePair pair) {
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
    return new PaymentRequest(TimeOrderedId.next(InstantSource.system()), payment, body);
  }
}
