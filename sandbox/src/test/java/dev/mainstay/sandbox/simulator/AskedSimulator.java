package dev.mainstay.sandbox.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simulator as tests see it: by its ledger, its dial and its other knobs.
 *
 * @param base where it is
 */
public record AskedSimulator(String base) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Turns the dial. */
  public void behave(String behaviour) {
    assertThat(post("/behaviour", behaviour).statusCode()).isEqualTo(204);
  }

  /** Its ledger, each item as {@code key outcome}. */
  public List<String> outcomes() {
    return items().stream()
        .map(item -> item.path("key").asString() + " " + item.path("outcome").asString())
        .toList();
  }

  public List<JsonNode> items() {
    return JsonMapper.shared().readTree(get("/ledger").body()).path("items").valueStream().toList();
  }

  public HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create(base + path)).build());
  }

  public HttpResponse<String> post(String path, String body) {
    return send(
        HttpRequest.newBuilder(URI.create(base + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** A port without a listener. */
  public static int unusedPort() {
    try (var nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return nobody.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpResponse<String> send(HttpRequest request) {
    try {
      return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
