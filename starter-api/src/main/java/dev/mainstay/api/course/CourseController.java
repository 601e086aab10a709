package dev.mainstay.api.course;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.STARTER;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.page.Page;
import dev.mainstay.api.page.PageQuery;
import dev.mainstay.api.problem.Refusal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import jakarta.validation.Valid;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/courses")
class CourseController {

  private final Courses courses;

  CourseController(Courses courses) {
    this.courses = courses;
  }

  @Operation(summary = "Creates or replaces a course under the caller's own id")
  @ApiResponse(responseCode = "200", description = "The stored course", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR})
  @PutMapping(path = "/{id}", consumes = "application/json", produces = "application/json")
  Course put(@PathVariable UUID id, @RequestBody CourseRequest details) {
    return courses.put(id, details);
  }

  @Operation(summary = "Shows a course")
  @ApiResponse(responseCode = "200", description = "The course", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(path = "/{id}", produces = "application/json")
  Course find(@PathVariable UUID id) {
    return courses.find(id).orElseThrow(() -> Refusal.notFound("course"));
  }

  @Operation(summary = "Lists courses in the order of their ids")
  @ApiResponse(responseCode = "200", description = "A page", useReturnTypeSchema = true)
  @Allowed({STARTER, OPERATOR, FINANCE, AUDITOR})
  @GetMapping(produces = "application/json")
  Page<Course> list(@Valid @ParameterObject PageQuery page) {
    return courses.list(page);
  }
}
