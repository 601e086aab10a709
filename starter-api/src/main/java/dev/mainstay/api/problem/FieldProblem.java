package dev.mainstay.api.problem;

/**
 * An invalid field.
 *
 * @param pointer JSON Pointer into the body, or {@code /name} of a parameter
 * @param message for a person to read; never the value itself
 */
public record FieldProblem(String pointer, String message) {}
