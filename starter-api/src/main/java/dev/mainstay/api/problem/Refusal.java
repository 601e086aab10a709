package dev.mainstay.api.problem;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * A business "no" to a request, with its status and a type that programs can distinguish. It
 * becomes the response's body as it is.
 */
public final class Refusal extends ErrorResponseException {

  private final transient List<FieldProblem> fields;
  private boolean keepsChanges;

  private Refusal(HttpStatus status, String type, String detail) {
    this(status, type, detail, List.of(), null);
  }

  private Refusal(
      HttpStatus status,
      String type,
      String detail,
      List<FieldProblem> fields,
      @Nullable Throwable cause) {
    super(status, problem(status, type, detail), cause);
    this.fields = List.copyOf(fields);
  }

  private Refusal(String type, String detail, @Nullable Throwable cause) {
    this(HttpStatus.SERVICE_UNAVAILABLE, type, detail, List.of(), cause);
  }

  /** The fields that cannot be taken: 400. */
  public static Refusal fields(List<FieldProblem> fields) {
    Refusal refusal =
        new Refusal(
            HttpStatus.BAD_REQUEST,
            "invalid-fields",
            "The request has invalid fields",
            fields,
            null);
    refusal.getBody().setProperty("errors", refusal.fields);
    return refusal;
  }

  /** The field that cannot be taken: 400. */
  public static Refusal field(String pointer, String message) {
    return fields(List.of(new FieldProblem(pointer, message)));
  }

  /** A request that cannot be read at all: 400. */
  public static Refusal malformed(String detail) {
    return new Refusal(HttpStatus.BAD_REQUEST, "malformed", detail);
  }

  /** A webhook without a valid signature: 400. */
  public static Refusal signature() {
    return new Refusal(
        HttpStatus.BAD_REQUEST,
        "bad-signature",
        "The signature is missing, stale, or of no secret that is known here");
  }

  public static Refusal noKey() {
    Refusal refusal =
        new Refusal(
            HttpStatus.UNAUTHORIZED,
            "no-key",
            "A valid API key is needed: Authorization: Bearer <key>");
    refusal.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    return refusal;
  }

  public static Refusal role() {
    return new Refusal(HttpStatus.FORBIDDEN, "wrong-role", "The API key has no role for this");
  }

  /** The requested resource does not exist, or is not visible to the caller: 404. */
  public static Refusal notFound(String what) {
    return new Refusal(HttpStatus.NOT_FOUND, "not-found", "There is no such " + what);
  }

  public static Refusal conflict(String type, String detail) {
    return new Refusal(HttpStatus.CONFLICT, type, detail);
  }

  /** An id in the request does not exist: 409. */
  public static Refusal unknownReference(Throwable cause) {
    return new Refusal(
        HttpStatus.CONFLICT,
        "unknown-reference",
        "The request names something that does not exist",
        List.of(),
        cause);
  }

  /** The requested feature is switched off: 409, with the flag's name. */
  public static Refusal featureOff(String feature) {
    Refusal refusal =
        conflict("feature-off", "Switched off here (mainstay.features." + feature + ".enabled)");
    refusal.getBody().setProperty("feature", feature);
    return refusal;
  }

  /** The approved proposal has changed: 409, with the current hash. */
  public static Refusal hashChanged(String hash) {
    Refusal refusal =
        conflict("hash-changed", "What would be paid is something else now: look at the preview");
    refusal.getBody().setProperty("hash", hash);
    return refusal;
  }

  /** Processes still need the data that was to be erased: 409, with these processes. */
  public static Refusal stillOpen(String detail, List<?> open) {
    Refusal refusal = conflict("still-open", detail);
    refusal.getBody().setProperty("open", List.copyOf(open));
    return refusal;
  }

  /** The data was erased permanently: 410. */
  public static Refusal erased(String who) {
    return new Refusal(HttpStatus.GONE, "erased", "The " + who + " was erased");
  }

  public static Refusal tooLarge(long bytes) {
    return new Refusal(
        HttpStatus.CONTENT_TOO_LARGE, "body-too-large", "A body has at most " + bytes + " bytes");
  }

  public static Refusal tooMany(Duration retryAfter) {
    Refusal refusal =
        new Refusal(HttpStatus.TOO_MANY_REQUESTS, "rate-limited", "The rate limit is used up");
    return refusal.retryAfter(retryAfter);
  }

  /** PostgreSQL is unavailable and nothing was done: 503. */
  public static Refusal databaseUnavailable(Throwable cause) {
    return new Refusal(
            "database-unavailable",
            "The database is unavailable; the same request will succeed later",
            cause)
        .retryAfter(Duration.ofSeconds(2));
  }

  /** Too many requests came at once and nothing was done: 503. */
  public static Refusal busy() {
    return new Refusal("busy", "Too much came at once; try again soon", null)
        .retryAfter(Duration.ofSeconds(2));
  }

  /** Temporal is unavailable, or no worker answers: 503. Asking again is safe. */
  public static Refusal temporalUnavailable(Throwable cause) {
    return new Refusal(
            "temporal-unavailable",
            "Temporal is unavailable, or no worker answers; the same request will succeed later",
            cause)
        .retryAfter(Duration.ofSeconds(5));
  }

  /** No backend runs processes, and nothing was done: 503. */
  public static Refusal backendDisabled() {
    return new Refusal(
            "backend-disabled", "Processes are switched off here (mainstay.backend=disabled)", null)
        .retryAfter(Duration.ofMinutes(1));
  }

  /** The same, but what its transaction has changed by then is committed. */
  public Refusal keepingChanges() {
    keepsChanges = true;
    return this;
  }

  public boolean keepsChanges() {
    return keepsChanges;
  }

  /** Why, in one line: the detail, or the fields where these are what is wrong. */
  public @Nullable String summary() {
    return fields.isEmpty()
        ? getBody().getDetail()
        : fields.stream()
            .map(field -> field.pointer() + " " + field.message())
            .collect(Collectors.joining("; "));
  }

  private Refusal retryAfter(Duration wait) {
    long seconds = Math.max(1, wait.plusSeconds(1).minusNanos(1).toSeconds());
    getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
    return this;
  }

  private static ProblemDetail problem(HttpStatus status, String type, String detail) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create("urn:mainstay:problem:" + type));
    return problem;
  }
}
