package dev.mainstay.benchmark.soak;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * How a measure came out: the median of the first quarter of its samples beside that of the last
 * one. The first tenth is the time in which pools and caches fill and code is compiled, and belongs
 * to no quarter.
 */
record Verdict(Measure measure, double first, double last, boolean grows) {

  /**
   * A verdict for each measure that both quarters have; none if there are fewer than three samples.
   */
  static List<Verdict> of(List<Sample> samples) {
    if (samples.size() < 3) {
      return List.of();
    }
    int warm = Math.ceilDiv(samples.size(), 10);
    int quarter = Math.max(1, (samples.size() - warm) / 4);
    List<Sample> first = samples.subList(warm, warm + quarter);
    List<Sample> last = samples.subList(samples.size() - quarter, samples.size());
    Set<Measure> both = measures(first);
    both.retainAll(measures(last));
    return both.stream()
        .map(measure -> of(measure, median(measure, first), median(measure, last)))
        .toList();
  }

  private static Verdict of(Measure measure, double first, double last) {
    return new Verdict(measure, first, last, !measure.tolerance().covers(first, last));
  }

  private static Set<Measure> measures(List<Sample> samples) {
    Set<Measure> all = new LinkedHashSet<>();
    samples.forEach(sample -> all.addAll(sample.values().keySet()));
    return all;
  }

  /** Of the samples that have it. */
  private static double median(Measure measure, List<Sample> samples) {
    double[] sorted =
        samples.stream()
            .map(sample -> sample.values().get(measure))
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
