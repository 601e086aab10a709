package dev.mainstay.api.problem;

import static java.util.Objects.requireNonNullElse;

import dev.mainstay.api.correlation.RequestCorrelation;
import dev.mainstay.api.temporal.TemporalUnavailable;
import dev.mainstay.db.DatabaseUnavailable;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * Turns every failure of a request, also those of filters, into one kind of answer: {@code
 * application/problem+json} with the correlation id.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  @Nullable ResponseEntity<Object> notAuthenticated(AuthenticationException e, WebRequest request) {
    return refused(Refusal.noKey(), request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> notAllowed(AccessDeniedException e, WebRequest request) {
    return refused(Refusal.role(), request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> notAcceptable(RequestRejectedException e, WebRequest request) {
    log.debug("Refused by the firewall", e);
    return refused(
        Refusal.malformed("The URL or a header has characters that are refused"), request);
  }

  @ExceptionHandler
  @Nullable ResponseEntity<Object> failed(Exception e, WebRequest request) {
    if (DatabaseUnavailable.explains(e)) {
      return refused(Refusal.databaseUnavailable(e), request);
    }
    if (TemporalUnavailable.explains(e)) {
      return refused(Refusal.temporalUnavailable(e), request);
    }
    log.error("Answered 500", e);
    HttpStatus status = HttpStatus.INTERNAL_SERVER_ERROR;
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, "The request failed here");
    return handleExceptionInternal(e, problem, new HttpHeaders(), status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleErrorResponseException(
      ErrorResponseException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (e.getCause() != null) {
      log.warn("Answered {}: {}", status.value(), e.getCause().getMessage());
    }
    return super.handleErrorResponseException(e, headers, status, request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return refused(
        Refusal.fields(e.getFieldErrors().stream().map(ProblemAdvice::problem).toList()), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return refused(
        Refusal.fields(
            e.getParameterValidationResults().stream().flatMap(ProblemAdvice::problems).toList()),
        request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return refused(Refusal.field("/" + e.getParameterName(), "is missing"), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String name =
        e instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : requireNonNullElse(e.getPropertyName(), "");
    return refused(Refusal.field("/" + name, mismatch(e)), request);
  }

  @Override
  protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return refused(Refusal.malformed("The body cannot be read as JSON"), request);
  }

  @Override
  protected ResponseEntity<Object> createResponseEntity(
      @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    if (body instanceof ProblemDetail problem) {
      HttpServletRequest http = ((ServletWebRequest) request).getRequest();
      if (problem.getType() == null) {
        problem.setType(URI.create("about:blank"));
      }
      problem.setInstance(URI.create(called(http)));
      problem.setProperty("correlationId", RequestCorrelation.id(http));
    }
    // The headers of some exceptions are read-only.
    HttpHeaders withType = new HttpHeaders(headers);
    withType.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return super.createResponseEntity(body, withType, status, request);
  }

  private static String called(HttpServletRequest request) {
    return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String uri
        ? uri
        : request.getRequestURI();
  }

  private @Nullable ResponseEntity<Object> refused(Refusal refusal, WebRequest request) {
    return handleErrorResponseException(
        refusal, refusal.getHeaders(), refusal.getStatusCode(), request);
  }

  private static Stream<FieldProblem> problems(ParameterValidationResult result) {
    if (result instanceof ParameterErrors fields) {
      return fields.getFieldErrors().stream().map(ProblemAdvice::problem);
    }
    String name = result.getMethodParameter().getParameterName();
    return result.getResolvableErrors().stream()
        .map(error ->
            new FieldProblem(
                "/" + name, requireNonNullElse(error.getDefaultMessage(), "is invalid")));
  }

  private static FieldProblem problem(FieldError error) {
    String message =
        error.contains(TypeMismatchException.class)
            ? mismatch(error.unwrap(TypeMismatchException.class))
            : requireNonNullElse(error.getDefaultMessage(), "is invalid");
    return new FieldProblem("/" + error.getField(), message);
  }

  private static String mismatch(TypeMismatchException e) {
    Class<?> type = e.getRequiredType();
    return type == null
        ? "is invalid"
        : "must be a " + type.getSimpleName().toLowerCase(Locale.ROOT);
  }
}
