package dev.mainstay.api.access;

import dev.mainstay.api.correlation.RequestCorrelation;
import dev.mainstay.api.problem.Refusal;
import dev.mainstay.api.request.ReceivedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Resolves the {@link Caller} of a handler method. */
final class CallerArgument implements HandlerMethodArgumentResolver {

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Caller.class;
  }

  @Override
  public Caller resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    requireAfterBody(parameter);
    HttpServletRequest request =
        Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    return new Caller(
        client(),
        RequestCorrelation.id(request),
        parameter.hasMethodAnnotation(Idempotent.class) ? idempotencyKey(request) : null,
        new ReceivedRequest(
            request.getMethod(), request.getRequestURI(), ReceivedRequest.bodyOf(web)));
  }

  private static ApiClient client() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    if (authentication == null || !(authentication.getPrincipal() instanceof ApiClient client)) {
      throw new IllegalStateException("A handler without roles has no caller");
    }
    return client;
  }

  private static @Nullable String idempotencyKey(HttpServletRequest request) {
    String key = request.getHeader(Idempotent.HEADER);
    if (key != null && (key.isEmpty() || key.length() > Idempotent.MAX_LENGTH)) {
      throw Refusal.field(
          "/" + Idempotent.HEADER, "must have 1 to %d characters".formatted(Idempotent.MAX_LENGTH));
    }
    return key;
  }

  /** Arguments are resolved in their order, and the caller carries the body. */
  private static void requireAfterBody(MethodParameter caller) {
    Method handler = Objects.requireNonNull(caller.getMethod());
    boolean early =
        Arrays.stream(handler.getParameters())
            .skip(caller.getParameterIndex())
            .anyMatch(later -> later.isAnnotationPresent(RequestBody.class));
    if (early) {
      throw new IllegalStateException("The caller has to stand after the body: " + handler);
    }
  }
}
