package dev.mainstay.api.access;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Decides about a request by the annotation of its handler, {@link Allowed} or {@link Public}. It
 * considers only method and path: a caller without the role must not learn of other errors in the
 * request.
 */
final class HandlerAccess implements AuthorizationManager<RequestAuthorizationContext> {

  private static final String API = "/api/";

  private final Map<HttpMethod, List<Rule>> rules = new HashMap<>();

  /**
   * Reads the annotations.
   *
   * @throws IllegalStateException if a handler has neither annotation, or two handlers of the same
   *     method and path differ in theirs
   */
  HandlerAccess(Map<RequestMappingInfo, HandlerMethod> handlers) {
    handlers.forEach((mapping, handler) -> {
      if (!isOfFramework(handler)) {
        add(mapping, Optional.ofNullable(roles(handler)));
      }
    });
    rules.values().forEach(list -> list.sort(Comparator.comparing(Rule::path)));
  }

  @Override
  public AuthorizationDecision authorize(
      Supplier<? extends @Nullable Authentication> authentication,
      RequestAuthorizationContext context) {
    var request = context.getRequest();
    PathContainer path =
        RequestPath.parse(request.getRequestURI(), request.getContextPath())
            .pathWithinApplication();
    return new AuthorizationDecision(allows(request.getMethod(), path, authentication.get()));
  }

  boolean allows(String method, PathContainer path, @Nullable Authentication caller) {
    return rule(method, path)
        .map(rule -> rule.allows(caller))
        // No other path below /api exists, and only known callers learn that. The paths elsewhere
        // show no data: the description, and health and metrics on their own port.
        .orElseGet(() -> !path.value().startsWith(API) || isAuthenticated(caller));
  }

  private Optional<Rule> rule(String method, PathContainer path) {
    HttpMethod handled = method.equals("HEAD") ? HttpMethod.GET : HttpMethod.valueOf(method);
    return rules.getOrDefault(handled, List.of()).stream()
        .filter(rule -> rule.path().matches(path))
        .findFirst();
  }

  private void add(RequestMappingInfo mapping, Optional<Set<Role>> roles) {
    Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
    for (RequestMethod method : methods.isEmpty() ? EnumSet.allOf(RequestMethod.class) : methods) {
      List<Rule> list = rules.computeIfAbsent(method.asHttpMethod(), _ -> new ArrayList<>());
      for (PathPattern path : requireNonNull(mapping.getPathPatternsCondition()).getPatterns()) {
        Rule rule = new Rule(path, roles);
        if (list.stream().anyMatch(other -> other.path().equals(path) && !other.equals(rule))) {
          throw new IllegalStateException(
              "%s %s has handlers of different roles".formatted(method, path));
        }
        list.add(rule);
      }
    }
  }

  /** The roles that may call the handler; null where it is public. */
  private static @Nullable Set<Role> roles(HandlerMethod handler) {
    Allowed allowed = handler.getMethodAnnotation(Allowed.class);
    if ((allowed == null) == (handler.getMethodAnnotation(Public.class) == null)) {
      throw new IllegalStateException(
          "%s needs @Allowed with its roles, or @Public".formatted(handler));
    }
    return allowed == null ? null : Set.copyOf(Arrays.asList(allowed.value()));
  }

  private static boolean isOfFramework(HandlerMethod handler) {
    String name = handler.getBeanType().getPackageName();
    return name.startsWith("org.springdoc.") || name.startsWith("org.springframework.");
  }

  private static boolean isAuthenticated(@Nullable Authentication authentication) {
    return authentication != null
        && authentication.isAuthenticated()
        && !(authentication instanceof AnonymousAuthenticationToken);
  }

  /**
   * The roles that may call the path.
   *
   * @param roles empty if the path is public
   */
  private record Rule(PathPattern path, Optional<Set<Role>> roles) {

    boolean allows(@Nullable Authentication authentication) {
      return roles
          .map(needed ->
              authentication != null
                  && authentication.getPrincipal() instanceof ApiClient client
                  && client.roles().stream().anyMatch(needed::contains))
          .orElse(true);
    }
  }
}
