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
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A vendor over HTTP, with a ledger ({@code GET /ledger}, all of it, or {@code ?key=}, {@code
 * ?after=} and {@code ?limit=}) and a dial ({@code POST /behaviour}) for tests.
 */
public final class SimulatorServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SimulatorServer.class);

  private final VendorSimulator vendor;
  private final InstantSource clock;
  private final FaultInjector dial;
  private final Ledger ledger;
  private final JsonMapper json = JsonMapper.shared();
  private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  /**
   * Starts it on the loopback interface.
   *
   * @param port 0 for any
   */
  public SimulatorServer(int port, VendorSimulator vendor, InstantSource clock) throws IOException {
    this(port, vendor, clock, new FaultInjector(clock), new Ledger());
  }

  /**
   * Starts it on the loopback interface, beside another way to the same vendor.
   *
   * @param port 0 for any
   */
  public SimulatorServer(
      int port, VendorSimulator vendor, InstantSource clock, FaultInjector dial, Ledger ledger)
      throws IOException {
    this.vendor = vendor;
    this.clock = clock;
    this.dial = dial;
    this.ledger = ledger;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(requests);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The address for a vendor's client library. */
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
      VendorSimulator.Request request = read(exchange);
      switch (request.method() + " " + request.path()) {
        case "GET /ledger" -> tell(exchange, Form.parse(request.query()));
        case "POST /behaviour" -> behave(exchange, request);
        default -> {
          Optional<VendorSimulator.Page> page = vendor.beside(request);
          if (page.isPresent()) {
            send(exchange, page.get());
          } else {
            ask(exchange, request);
          }
        }
      }
    } catch (IOException | RuntimeException e) {
      log.warn("A request to a simulator came to nothing", e);
      throw e;
    }
  }

  /** Written while it is read: a ledger of a load test is long. */
  private void tell(HttpExchange exchange, Form query) throws IOException {
    int after = number(query.value("after"), 0);
    var items =
        ledger.items(query.value("key"), after, number(query.value("limit"), Integer.MAX_VALUE));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    json.writeValue(exchange.getResponseBody(), Map.of("items", items, "total", ledger.size()));
  }

  private static int number(@Nullable String text, int otherwise) {
    return text == null ? otherwise : Integer.parseInt(text);
  }

  private void behave(HttpExchange exchange, VendorSimulator.Request request) throws IOException {
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

  private void ask(HttpExchange exchange, VendorSimulator.Request request) throws IOException {
    String key = vendor.keyOf(request);
    FaultInjector.Met met = dial.next(vendor.dialedBy(request));
    met.delay();
    VendorSimulator.Reply reply =
        met.oneTooMany() ? vendor.tooMany() : vendor.answer(request, met.wish());
    ledger.add(
        new Ledger.Item(
            clock.instant(),
            request.method() + " " + request.path(),
            key,
            request.body(),
            reply.outcome()));
    if (!met.losesReply()) {
      send(exchange, reply.status(), reply.headers(), reply.body());
    }
  }

  private static VendorSimulator.Request read(HttpExchange exchange) throws IOException {
    var headers = new HashMap<String, String>();
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue().getFirst());
    }
    return new VendorSimulator.Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), ""),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static void send(
      HttpExchange exchange, int status, Map<String, String> headers, String body)
      throws IOException {
    send(exchange, new VendorSimulator.Page(status, "application/json", headers, body));
  }

  private static void send(HttpExchange exchange, VendorSimulator.Page page) throws IOException {
    byte[] bytes = page.body().getBytes(StandardCharsets.UTF_8);
    page.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", page.contentType());
    exchange.sendResponseHeaders(page.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
