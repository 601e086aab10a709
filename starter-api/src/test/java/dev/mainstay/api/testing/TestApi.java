package dev.mainstay.api.testing;

import com.stripe.net.Webhook;
import dev.mainstay.api.StarterApiApplication;
import dev.mainstay.api.access.ApiKeys;
import dev.mainstay.api.access.Role;
import dev.mainstay.db.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole application over real HTTP, on a database of its own. */
public final class TestApi implements AutoCloseable {

  public static final String SECRET = "whsec_new";
  public static final String OLD_SECRET = "whsec_old";

  private static final JsonMapper json = JsonMapper.shared();

  private final TestDatabase database;
  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();
  private final String origin;
  private final ApiKeys keys;
  private final Map<Role, String> keyOf = new HashMap<>();
  private final String starter;

  private TestApi(TestDatabase database, ConfigurableApplicationContext context) {
    this.database = database;
    this.context = context;
    this.origin =
        "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port");
    this.keys = new ApiKeys(database.dsl(), InstantSource.system());
    for (Role role : Role.values()) {
      keyOf.put(role, newKey("owner-of-" + role.text(), role));
    }
    this.starter = newKey("owner-of-" + Role.STARTER.text(), Role.STARTER, Role.PAYMENTS);
  }

  public static TestApi start(String... more) {
    TestDatabase database = TestDatabase.create();
    return start(database, database.url("mainstay_app"), more);
  }

  /** One for all tests that leave it as it was, apart from rows under ids of their own. */
  public static TestApi shared() {
    return Shared.API;
  }

  /** On a database that is reached by a URL of its own. */
  public static TestApi start(TestDatabase database, String url, String... more) {
    // A key that is given twice would be a list
    var properties = new HashMap<String, String>();
    properties.put("--DATABASE_URL", url);
    properties.put("--server.port", "0");
    properties.put("--management.server.port", "0");
    properties.put("--mainstay.stripe.webhook-secrets", SECRET + "," + OLD_SECRET);
    properties.put("--mainstay.stripe.livemode", "false");
    for (String one : more) {
      int equals = one.indexOf('=');
      properties.put(one.substring(0, equals), one.substring(equals + 1));
    }
    String[] arguments =
        properties.entrySet().stream()
            .map(property -> property.getKey() + "=" + property.getValue())
            .toArray(String[]::new);
    SpringApplication application = new SpringApplication(StarterApiApplication.class);
    return new TestApi(database, application.run(arguments));
  }

  public TestDatabase database() {
    return database;
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public <T> T bean(String name, Class<T> type) {
    return context.getBean(name, type);
  }

  /** The body of a page of the management port. */
  public String management(String path) {
    String port = context.getEnvironment().getRequiredProperty("local.management.port");
    return new Call(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)), "GET")
        .send()
        .expect(200)
        .response()
        .body();
  }

  /** The handlers of our own, by what they are mapped to. */
  public Map<RequestMappingInfo, HandlerMethod> handlers() {
    return bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .entrySet()
        .stream()
        .filter(
            entry -> entry.getValue().getBeanType().getPackageName().startsWith("dev.mainstay.api"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  public String newKey(String owner, Role... roles) {
    return keys.create(owner, Set.of(roles), Duration.ofDays(1)).secret();
  }

  public String key(Role role) {
    return Objects.requireNonNull(keyOf.get(role));
  }

  public Call call(String method, String path) {
    return new Call(HttpRequest.newBuilder(URI.create(origin + path)), method);
  }

  /** A call with the key of a marketplace's backend, which also asserts payments. */
  public Call starter(String method, String path) {
    return call(method, path).key(starter);
  }

  /** How often a counter has counted. */
  public double count(String name, String... tags) {
    return bean(MeterRegistry.class).counter(name, tags).count();
  }

  /** Does the same many times at once. */
  public static List<Answer> atOnce(int times, IntFunction<Answer> call) {
    CountDownLatch start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers =
          IntStream.range(0, times)
              .mapToObj(i ->
                  threads.submit(() -> {
                    start.await();
                    return call.apply(i);
                  }))
              .toList();
      start.countDown();
      return answers.stream().map(TestApi::get).toList();
    }
  }

  private static Answer get(Future<Answer> answer) {
    try {
      return answer.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Answer stripe(String event) {
    return stripe(event, signature(event, SECRET, Instant.now()));
  }

  public Answer stripe(String event, @Nullable String signature) {
    Call call = call("POST", "/api/v1/webhooks/stripe").body(event);
    return (signature == null ? call : call.header("Stripe-Signature", signature)).send();
  }

  public static String signature(String event, String secret, Instant at) {
    try {
      return Webhook.Signature.generateSignatureHeader(event, secret, at.getEpochSecond());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A customer of its own for a test. */
  public UUID newStudent() {
    UUID id = UUID.randomUUID();
    starter("PUT", "/api/v1/customers/" + id)
        .body("{'name':'Ann Lee','locale':'en','zone':'Europe/Berlin'}")
        .send()
        .expect(200);
    return id;
  }

  public UUID newCourse() {
    UUID id = UUID.randomUUID();
    starter("PUT", "/api/v1/courses/" + id)
        .body(
            "{'title':'Conversation','sessions':10,'sessionMinutes':45,'priceMinor':19900,'currency':'EUR'}")
        .send()
        .expect(200);
    return id;
  }

  @Override
  public void close() {
    context.close();
    http.close();
    database.close();
  }

  /** A request in the making. JSON may be written with single quotes. */
  public final class Call {

    private final HttpRequest.Builder request;
    private final String method;
    private HttpRequest.BodyPublisher body = BodyPublishers.noBody();

    private Call(HttpRequest.Builder request, String method) {
      this.request = request.timeout(Duration.ofSeconds(30));
      this.method = method;
    }

    public Call key(String key) {
      return header("Authorization", "Bearer " + key);
    }

    public Call header(String name, String value) {
      request.setHeader(name, value);
      return this;
    }

    public Call body(String text) {
      request.setHeader("Content-Type", "application/json");
      body = BodyPublishers.ofString(text.replace('\'', '"'));
      return this;
    }

    public Call body(String mediaType, byte[] bytes) {
      request.setHeader("Content-Type", mediaType);
      body = BodyPublishers.ofByteArray(bytes);
      return this;
    }

    public Call publish(HttpRequest.BodyPublisher publisher) {
      request.setHeader("Content-Type", "application/json");
      body = publisher;
      return this;
    }

    public Answer send() {
      try {
        return new Answer(http.send(request.method(method, body).build(), BodyHandlers.ofString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The response. */
  public record Answer(HttpResponse<String> response) {

    public int status() {
      return response.statusCode();
    }

    public JsonNode json() {
      return json.readTree(response.body());
    }

    public String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    public Answer expect(int status) {
      if (status() != status) {
        throw new AssertionError(
            "Expected " + status + " but got " + status() + ": " + response.body());
      }
      return this;
    }
  }

  private static final class Shared {

    static final TestApi API = start();
  }
}
