package dev.mainstay.api.access;

import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.server.PathContainer;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;

class HandlerAccessTest {

  private static final Authentication NOBODY =
      new AnonymousAuthenticationToken(
          "key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS"));

  private final HandlerAccess access = new HandlerAccess(handlers(new Things()));

  @ParameterizedTest
  @CsvSource({
    "GET, /api/things, FINANCE AUDITOR",
    "HEAD, /api/things, FINANCE AUDITOR",
    "POST, /api/things, OPERATOR",
    "GET, /api/things/7, AUDITOR",
    "GET, /api/things/summary, FINANCE",
  })
  void aHandlerIsForItsRolesAlone(String method, String path, String allowed) {
    assertThat(access.allows(method, PathContainer.parsePath(path), null)).isFalse();
    assertThat(access.allows(method, PathContainer.parsePath(path), NOBODY)).isFalse();
    for (Role role : Role.values()) {
      assertThat(access.allows(method, PathContainer.parsePath(path), client(role)))
          .as("%s", role)
          .isEqualTo(List.of(allowed.split(" ")).contains(role.name()));
    }
  }

  @Test
  void oneOfSeveralRolesIsEnough() {
    assertThat(
            access.allows(
                "POST", PathContainer.parsePath("/api/things"), client(AUDITOR, OPERATOR)))
        .isTrue();
    assertThat(access.allows("POST", PathContainer.parsePath("/api/things"), client())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"POST, /api/hook", "GET, /openapi.json", "GET, /nothing", "POST, /apitite", "GET, /"})
  void whatIsPublicOrNotOfTheApiNeedsNoKey(String method, String path) {
    assertThat(access.allows(method, PathContainer.parsePath(path), NOBODY)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"GET, /api/nothing", "DELETE, /api/things", "GET, /api/things/7/8", "GET, /api/hook"})
  void whatIsNotThereBelowTheApiIsToldToKnownCallersAlone(String method, String path) {
    assertThat(access.allows(method, PathContainer.parsePath(path), NOBODY)).isFalse();
    assertThat(access.allows(method, PathContainer.parsePath(path), client(AUDITOR))).isTrue();
  }

  @Test
  void aHandlerThatDoesNotSayWhoMayCallItStopsTheStart() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new HandlerAccess(handlers(new Silent())))
        .withMessageContaining("Silent#open")
        .withMessageContaining("@Allowed");
    assertThatIllegalStateException()
        .isThrownBy(() -> new HandlerAccess(handlers(new Contradictory())))
        .withMessageContaining("Contradictory#open");
  }

  @Test
  void handlersOfOnePathHaveTheSameRoles() {
    assertThatIllegalStateException()
        .isThrownBy(() -> new HandlerAccess(handlers(new ByMediaType())))
        .withMessageContaining("GET /api/things");
  }

  private static Authentication client(Role... roles) {
    return UsernamePasswordAuthenticationToken.authenticated(
        new ApiClient(UUID.randomUUID(), "owner", Set.of(roles)), null, List.of());
  }

  private static Map<RequestMappingInfo, HandlerMethod> handlers(Object controller) {
    Map<RequestMappingInfo, HandlerMethod> handlers = new HashMap<>();
    Stream.of(controller.getClass().getDeclaredMethods())
        .forEach(method -> {
          @Nullable RequestMapping mapping =
              AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
          if (mapping != null) {
            handlers.put(
                RequestMappingInfo.paths(mapping.path())
                    .methods(mapping.method())
                    .produces(mapping.produces())
                    .build(),
                new HandlerMethod(controller, method));
          }
        });
    return handlers;
  }

  static final class Things {

    @Allowed({FINANCE, AUDITOR})
    @RequestMapping(path = "/api/things", method = RequestMethod.GET)
    void list() {}

    @Allowed(OPERATOR)
    @RequestMapping(path = "/api/things", method = RequestMethod.POST)
    void create() {}

    @Allowed(AUDITOR)
    @RequestMapping(path = "/api/things/{id}", method = RequestMethod.GET)
    void find() {}

    @Allowed(FINANCE)
    @RequestMapping(path = "/api/things/summary", method = RequestMethod.GET)
    void summary() {}

    @Public("signed")
    @RequestMapping(path = "/api/hook", method = RequestMethod.POST)
    void hook() {}
  }

  static final class Silent {

    @RequestMapping(path = "/api/open", method = RequestMethod.GET)
    void open() {}
  }

  static final class Contradictory {

    @Public("signed")
    @Allowed(OPERATOR)
    @RequestMapping(path = "/api/open", method = RequestMethod.GET)
    void open() {}
  }

  static final class ByMediaType {

    @Allowed(OPERATOR)
    @RequestMapping(path = "/api/things", method = RequestMethod.GET, produces = "application/json")
    void json() {}

    @Allowed(AUDITOR)
    @RequestMapping(path = "/api/things", method = RequestMethod.GET, produces = "text/csv")
    void csv() {}
  }
}
