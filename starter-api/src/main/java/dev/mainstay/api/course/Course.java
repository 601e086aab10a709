package dev.mainstay.api.course;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/** A stored course. */
record Course(UUID id, @JsonUnwrapped CourseRequest details) {}
