package dev.mainstay.benchmark.soak;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** All measurements of one time. A missing measure was not available then. */
final class Sample {

  private final Map<Measure, Double> values = new LinkedHashMap<>();

  void put(Measure measure, double value) {
    values.put(measure, value);
  }

  /** Of something that is counted, which is far from where doubles lose digits. */
  void put(Measure measure, long count) {
    put(measure, (double) count);
  }

  /** Its name in the results. */
  @JsonValue
  Map<String, Double> byName() {
    var byName = new LinkedHashMap<String, Double>();
    values.forEach((measure, value) -> byName.put(measure.name(), value));
    return byName;
  }

  Map<Measure, Double> values() {
    return Collections.unmodifiableMap(values);
  }
}
