package dev.mainstay.sandbox.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A vendor over HTTP, with a ledger ({@code GET /ledger}) and a dial ({@code POST /behaviour}) for
 * tests.
 */
public final class Simulator implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Simulator.class);

  private final Vendor vendor;
  private final InstantSource clock;
  private final Dial dial;
  private final Ledger ledger = new Ledger();
  private final JsonMapper json = JsonMapper.shared();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /**
   * Starts it on the loopback interface.
   *
   * @param port 0 for any
   */
  public Simulator(int port, Vendor vendor, InstantSource clock) throws IOException {
    this.vendor = vendor;
    this.clock = clock;
    this.dial = new Dial(clock);
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(requests);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where a vendor's client library is pointed to. */
  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    requests.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Vendor.Request request = read(exchange);
      switch (request.method() + " " + request.path()) {
        case "GET /ledger" ->
            send(exchange, 200, Map.of(), json.writeValueAsString(Map.of("items", ledger.items())));
        case "POST /behaviour" -> behave(exchange, request);
        default -> ask(exchange, request);
      }
    } catch (IOException | RuntimeException e) {
      log.warn("A request to a simulator came to nothing", e);
      throw e;
    }
  }

  private void behave(HttpExchange exchange, Vendor.Request request) throws IOException {
    try {
      dial.turn(json.readValue(request.body(), Behaviour.class));
      send(exchange, 204, Map.of(), "");
    } catch (JacksonException e) {
      send(
          exchange,
          400,
          Map.of(),
          json.writeValueAsString(Map.of("error", e.getOriginalMessage())));
    }
  }

  private void ask(HttpExchange exchange, Vendor.Request request) throws IOException {
    String key = vendor.keyOf(request);
    Dial.Met met = dial.next(key);
    delay(met.behaviour().latency());
    Vendor.Reply reply =
        met.oneTooMany() ? vendor.tooMany() : vendor.answer(request, met.behaviour().wish());
    ledger.add(
        new Ledger.Item(
            clock.instant(),
            request.method() + " " + request.path(),
            key,
            request.body(),
            reply.outcome()));
    if (!met.behaviour().losesReply()) {
      send(exchange, reply.status(), reply.headers(), reply.body());
    }
  }

  private static void delay(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The simulator stops", e);
    }
  }

  private static Vendor.Request read(HttpExchange exchange) throws IOException {
    var headers = new HashMap<String, String>();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().getFirst());
    }
    return new Vendor.Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static void send(
      HttpExchange exchange, int status, Map<String, String> headers, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    headers.forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
