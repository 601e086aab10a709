package dev.mainstay.api.correlation;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives every request its correlation id: the caller's {@code X-Correlation-Id} if it is 1 to 100
 * plain characters, else a new one. It is in the answer, in every log line and on the intake row.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestCorrelation extends OncePerRequestFilter {

  public static final String HEADER = "X-Correlation-Id";

  private static final String NAME = "correlationId";
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._:/=+-]{1,100}");

  /** The request's id; there is always one behind this filter. */
  public static String id(HttpServletRequest request) {
    return Objects.requireNonNull((String) request.getAttribute(NAME));
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id = givenOrNew(request.getHeader(HEADER));
    request.setAttribute(NAME, id);
    response.setHeader(HEADER, id);
    try (var _ = MDC.putCloseable(NAME, id)) {
      chain.doFilter(request, response);
    }
  }

  private static String givenOrNew(@Nullable String header) {
    return header != null && PLAIN.matcher(header).matches()
        ? header
        : UUID.randomUUID().toString();
  }
}
