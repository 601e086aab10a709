package dev.mainstay.api.course;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/** A course as it is kept. */
record Course(UUID id, @JsonUnwrapped CourseRequest details) {}
