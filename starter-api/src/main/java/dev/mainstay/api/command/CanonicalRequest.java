package dev.mainstay.api.command;

import dev.mainstay.api.request.ReceivedRequest;
import dev.mainstay.db.Sha256;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NumericNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The canonical form of a request: method, path and body. Requests that mean the same have the same
 * form: the order of fields does not count, nor how a number is written, nor whether an optional
 * field is absent or null. So a replay stays a replay when a later release knows more fields.
 */
final class CanonicalRequest {

  private static final JsonMapper json = JsonMapper.shared();
  private static final JsonNodeFactory nodes = JsonNodeFactory.instance;

  private CanonicalRequest() {}

  /** The SHA-256 of the form. */
  static byte[] hash(ReceivedRequest request) {
    return Sha256.of(text(request));
  }

  static String text(ReceivedRequest request) {
    JsonNode body = request.body();
    return "%s %s %s"
        .formatted(
            request.method(),
            request.path(),
            json.writeValueAsString(
                body == null || body.isNull() ? nodes.objectNode() : canonical(body)));
  }

  private static JsonNode canonical(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode sorted = nodes.objectNode();
        object.properties().stream()
            .filter(field -> !field.getValue().isNull())
            .sorted(Map.Entry.comparingByKey())
            .forEach(field -> sorted.set(field.getKey(), canonical(field.getValue())));
        yield sorted;
      }
      case ArrayNode array -> {
        ArrayNode elements = nodes.arrayNode(array.size());
        array.forEach(element -> elements.add(canonical(element)));
        yield elements;
      }
      case NumericNode number when !number.isNaN() ->
          // Written with its exponent: without, a few characters could fill the memory.
          nodes.numberNode(number.decimalValue().stripTrailingZeros());
      default -> node;
    };
  }
}
