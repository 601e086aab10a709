package dev.mainstay.benchmark.soak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The share of this JVM's heap that the simulators' ledgers use. They remember every request, for
 * tests to read; a vendor's memory is no leak of ours.
 */
final class Ledgers implements AutoCloseable {

  /** An item, its time, the heads of its three texts, and its place in the list. */
  private static final long BYTES_BESIDE_THE_TEXT = 190;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Integer> read = new LinkedHashMap<>();
  private long bytes;

  /**
   * None is read yet.
   *
   * @param simulators bases of all
   */
  Ledgers(Collection<String> simulators) {
    simulators.forEach(base -> read.put(base, 0));
  }

  /** Reads on where it was, and says how many bytes all of it takes. */
  long bytes() throws IOException, InterruptedException {
    for (Map.Entry<String, Integer> ledger : read.entrySet()) {
      JsonNode items = itemsOf(ledger.getKey(), ledger.getValue());
      for (JsonNode item : items) {
        bytes +=
            BYTES_BESIDE_THE_TEXT
                + item.path("operation").asString().length()
                + item.path("key").asString().length()
                + item.path("request").asString().length();
      }
      ledger.setValue(ledger.getValue() + items.size());
    }
    return bytes;
  }

  private JsonNode itemsOf(String simulator, int after) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(simulator + "/ledger?after=" + after)).build();
    return JsonMapper.shared()
        .readTree(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .path("items");
  }

  @Override
  public void close() {
    client.close();
  }
}
