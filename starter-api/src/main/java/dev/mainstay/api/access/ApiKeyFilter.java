package dev.mainstay.api.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Finds out whose API key a request carries, and whether the key's rate limit lets it pass. */
final class ApiKeyFilter extends OncePerRequestFilter {

  private static final String SCHEME = "Bearer ";

  private final ApiKeys keys;
  private final RateLimits limits;
  private final HandlerExceptionResolver problems;

  ApiKeyFilter(ApiKeys keys, RateLimits limits, HandlerExceptionResolver problems) {
    this.keys = keys;
    this.limits = limits;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      chain.doFilter(request, response);
      return;
    }
    Optional<ApiClient> client;
    try {
      client = keys.client(header.substring(SCHEME.length()).strip());
      client.ifPresent(limits::take);
    } catch (RuntimeException e) {
      problems.resolveException(request, response, null, e);
      return;
    }
    client.ifPresent(known ->
        SecurityContextHolder.setContext(
            new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(
                    known,
                    null,
                    known.roles().stream()
                        .map(role -> new SimpleGrantedAuthority("ROLE_" + role.name()))
                        .toList()))));
    chain.doFilter(request, response);
  }
}
