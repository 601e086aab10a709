package dev.mainstay.benchmark.soak;

/**
 * Something that is measured in every sample.
 *
 * @param unit of its values
 */
record Measure(String name, String unit, Tolerance tolerance) {}
