package dev.mainstay.sandbox.admin;

import dev.mainstay.sandbox.admin.TrainerCandidates.Candidate;
import dev.mainstay.sandbox.simulator.Fault;
import dev.mainstay.sandbox.simulator.Ledger.Outcome;
import dev.mainstay.sandbox.simulator.VendorSimulator;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The admin service of a marketplace: {@code POST /allocations}, once per {@code Idempotency-Key},
 * and {@code GET /allocations/{id}}. It approves an allocation, and has made it active by the time
 * of the next request for it. It does not keep refused allocations.
 */
public final class AdminServiceSimulator implements VendorSimulator {

  private static final Pattern ONE = Pattern.compile("/allocations/([\\w-]+)");

  private final TrainerCandidates trainers;
  private final JsonMapper json = JsonMapper.shared();
  private final Map<String, Kept> byKey = new HashMap<>();
  private final Map<String, UUID> trainerById = new HashMap<>();
  private final Map<UUID, Integer> given = new HashMap<>();

  /** A simulator without allocations. */
  public AdminServiceSimulator(TrainerCandidates trainers) {
    this.trainers = trainers;
  }

  private record Kept(String request, String answer) {}

  /** The request. */
  private record Allocation(UUID studentId, UUID courseId, String preferredTime, String zone) {}

  @Override
  public String keyOf(Request request) {
    return request.headers().getOrDefault("idempotency-key", request.path());
  }

  @Override
  public Reply answer(Request request, Fault wish) {
    return switch (wish) {
      case REFUSE -> noTrainer();
      case FAIL -> error(500, "the simulator was told to fail", Outcome.FAILED);
      case OBEY -> obey(request);
      case OBEY_THEN_FAIL -> error(500, "the simulator was told to fail", obey(request).outcome());
    };
  }

  @Override
  public Reply tooMany() {
    return error(429, "too many requests", Outcome.REFUSED);
  }

  private synchronized Reply obey(Request request) {
    if (request.method().equals("POST") && request.path().equals("/allocations")) {
      return allocateOnce(request);
    }
    Matcher one = ONE.matcher(request.path());
    if (request.method().equals("GET") && one.matches()) {
      UUID trainer = trainerById.get(one.group(1));
      return trainer == null
          ? error(404, "no such allocation", Outcome.REFUSED)
          : accepted(body(one.group(1), trainer, "active"));
    }
    return error(404, "no such resource", Outcome.REFUSED);
  }

  private Reply allocateOnce(Request request) {
    String key = request.headers().get("idempotency-key");
    if (key == null) {
      return error(400, "an Idempotency-Key is needed", Outcome.REFUSED);
    }
    Kept first = byKey.get(key);
    if (first != null) {
      return first.request().equals(request.body())
          ? new Reply(200, Map.of(), first.answer(), Outcome.REPLAYED)
          : error(422, "the key was used for another request", Outcome.REFUSED);
    }
    try {
      return allocate(key, request.body());
    } catch (JacksonException e) {
      return error(400, "not an allocation", Outcome.REFUSED);
    }
  }

  private Reply allocate(String key, String request) {
    var wanted = json.readValue(request, Allocation.class);
    // A student's new trainer may not be in the product's database yet
    Optional<UUID> trainer =
        trainers.of(wanted.courseId(), wanted.preferredTime(), wanted.zone()).stream()
            .min(
                Comparator.comparingInt(candidate ->
                    Math.max(candidate.students(), given.getOrDefault(candidate.trainer(), 0))))
            .map(Candidate::trainer);
    if (trainer.isEmpty()) {
      return noTrainer();
    }
    given.merge(trainer.get(), 1, Integer::sum);
    String id = UUID.randomUUID().toString();
    trainerById.put(id, trainer.get());
    String answer = body(id, trainer.get(), "approved");
    byKey.put(key, new Kept(request, answer));
    return accepted(answer);
  }

  private String body(String id, UUID trainer, String status) {
    return json.writeValueAsString(Map.of("id", id, "trainerId", trainer, "status", status));
  }

  private static Reply accepted(String body) {
    return new Reply(200, Map.of(), body, Outcome.ACCEPTED);
  }

  private Reply noTrainer() {
    return error(409, "no-trainer", Outcome.REFUSED);
  }

  private Reply error(int status, String error, Outcome outcome) {
    return new Reply(status, Map.of(), json.writeValueAsString(Map.of("error", error)), outcome);
  }
}
