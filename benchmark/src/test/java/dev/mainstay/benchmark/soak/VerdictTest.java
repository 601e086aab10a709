package dev.mainstay.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {

  private static final Measure HANDLES = new Measure("threads", "", Tolerance.HANDLES);
  private static final Measure EVENTS = new Measure("events", "", Tolerance.HISTORY_EVENTS);

  @Test
  void theFirstTenthCountsForNothing() {
    // 2 of 20 are for the warm-up, and a quarter is 4 of the other 18
    double[] values = new double[20];
    Arrays.fill(values, 100);
    values[0] = 5_000;
    values[1] = 5_000;

    Verdict verdict = only(values);

    assertThat(verdict.first()).isEqualTo(100);
    assertThat(verdict.last()).isEqualTo(100);
    assertThat(verdict.grows()).isFalse();
  }

  @Test
  void aQuarterIsTheMedianOfItsSamples() {
    Verdict verdict = only(0, 1, 2, 900, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 7, -900, 8);

    assertThat(verdict.first()).isEqualTo(3.5);
    assertThat(verdict.last()).isEqualTo(6.5);
  }

  @Test
  void whatRisesSteadilyGrows() {
    assertThat(only(IntStream.range(0, 120).mapToDouble(n -> 100 + n).toArray()).grows()).isTrue();
    assertThat(only(IntStream.range(0, 120).mapToDouble(n -> 100 - n).toArray()).grows()).isFalse();
  }

  @Test
  void aShareOrAnAmountMayBeMoreWhicheverIsMore() {
    assertThat(Tolerance.HANDLES.covers(20, 30)).isTrue();
    assertThat(Tolerance.HANDLES.covers(20, 31)).isFalse();
    assertThat(Tolerance.HANDLES.covers(1_000, 1_100)).isTrue();
    assertThat(Tolerance.HANDLES.covers(1_000, 1_101)).isFalse();
  }

  @Test
  void whatIsNotThereInBothQuartersIsNotCompared() {
    var late = sample(1);
    late.put(EVENTS, 8);

    assertThat(Verdict.of(List.of(sample(1), sample(1), late)))
        .extracting(Verdict::measure)
        .containsExactly(HANDLES);
  }

  @Test
  void twoSamplesAreTooFew() {
    assertThat(Verdict.of(samples(1, 100))).isEmpty();
    assertThat(Verdict.of(samples(1, 2, 100))).hasSize(1);
  }

  private static Verdict only(double... values) {
    return Verdict.of(samples(values)).getFirst();
  }

  private static List<Sample> samples(double... values) {
    return DoubleStream.of(values).mapToObj(VerdictTest::sample).toList();
  }

  private static Sample sample(double value) {
    var sample = new Sample();
    sample.put(HANDLES, value);
    return sample;
  }
}
