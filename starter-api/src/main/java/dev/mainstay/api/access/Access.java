package dev.mainstay.api.access;

import static dev.mainstay.api.access.Role.APPROVER;
import static dev.mainstay.api.access.Role.AUDITOR;
import static dev.mainstay.api.access.Role.FINANCE;
import static dev.mainstay.api.access.Role.OPERATOR;
import static dev.mainstay.api.access.Role.STARTER;

import dev.mainstay.api.ApiProperties;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Who may call what, in one table. */
@Configuration(proxyBeanMethods = false)
class Access {

  @Bean
  ApiKeys apiKeys(DSLContext database, InstantSource clock) {
    return new ApiKeys(database, clock);
  }

  @Bean
  SecurityFilterChain endpoints(
      HttpSecurity http,
      ApiKeys keys,
      ApiProperties properties,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    http.authorizeHttpRequests(calls ->
        calls
            // Authenticated by their signatures.
            .requestMatchers(
                HttpMethod.POST,
                "/api/v1/webhooks/stripe",
                "/api/v1/webhooks/twilio/status",
                "/api/v1/webhooks/twilio/inbound")
            .permitAll()
            // Authenticated by the token in its path.
            .requestMatchers(HttpMethod.GET, "/api/v1/downloads/*")
            .permitAll()
            .requestMatchers(HttpMethod.POST, "/api/v1/tasks/*")
            .hasAnyRole(names(STARTER, OPERATOR))
            .requestMatchers(HttpMethod.POST, "/api/v1/password-resets/*")
            .hasAnyRole(names(STARTER))
            .requestMatchers(HttpMethod.DELETE, "/api/v1/customers/*")
            .hasAnyRole(names(OPERATOR))
            .requestMatchers(HttpMethod.POST, "/api/v1/purchases")
            .hasAnyRole(names(STARTER))
            .requestMatchers(HttpMethod.POST, "/api/v1/attention/**")
            .hasAnyRole(names(OPERATOR))
            .requestMatchers(HttpMethod.GET, "/api/v1/attention/**")
            .hasAnyRole(names(OPERATOR, FINANCE, AUDITOR))
            .requestMatchers(HttpMethod.GET, "/api/v1/audit")
            .hasAnyRole(names(OPERATOR, AUDITOR))
            .requestMatchers(HttpMethod.POST, "/api/v1/purchases/*/refund")
            .hasAnyRole(names(OPERATOR, FINANCE))
            .requestMatchers(HttpMethod.POST, "/api/v1/schedules/**", "/api/v1/workers/**")
            .hasAnyRole(names(OPERATOR))
            .requestMatchers(
                HttpMethod.POST, "/api/v1/sessions/**", "/api/v1/bookings", "/api/v1/bookings/**")
            .hasAnyRole(names(STARTER, OPERATOR))
            .requestMatchers(HttpMethod.POST, "/api/v1/payroll/*/*/runs/*/approve")
            .hasAnyRole(names(APPROVER))
            .requestMatchers(HttpMethod.POST, "/api/v1/payroll/**")
            .hasAnyRole(names(OPERATOR, FINANCE))
            .requestMatchers(HttpMethod.PUT, "/api/v1/payroll/**")
            .hasAnyRole(names(FINANCE))
            .requestMatchers(
                HttpMethod.GET, "/api/v1/payroll/**", "/api/v1/payouts", "/api/v1/payouts/**")
            .hasAnyRole(names(OPERATOR, FINANCE, APPROVER, AUDITOR))
            .requestMatchers(HttpMethod.PUT, "/api/v1/**")
            .hasAnyRole(names(STARTER, OPERATOR))
            .requestMatchers(HttpMethod.GET, "/api/v1/**")
            .hasAnyRole(names(STARTER, OPERATOR, FINANCE, AUDITOR))
            .requestMatchers("/api/**")
            .authenticated()
            // What else there is shows no data: the description, and health and metrics on their
            // own port.
            .anyRequest()
            .permitAll());
    http.exceptionHandling(refusals ->
        refusals
            .authenticationEntryPoint(
                (request, response, e) -> problems.resolveException(request, response, null, e))
            .accessDeniedHandler(
                (request, response, e) -> problems.resolveException(request, response, null, e)));
    http.addFilterBefore(
        new ApiKeyFilter(keys, new RateLimits(properties.rateLimit()), problems),
        AuthorizationFilter.class);
    http.sessionManagement(
        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
    return http.csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .build();
  }

  @Bean
  WebMvcConfigurer callerArgument() {
    return new WebMvcConfigurer() {
      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
      }
    };
  }

  /** There are no passwords here: this keeps Spring from making up a user with one. */
  @Bean
  AuthenticationManager noPasswords() {
    return authentication -> {
      throw new ProviderNotFoundException("API keys only");
    };
  }

  /**
   * Each of the filters measured on its own costs a tenth of an acknowledgement, and tells nothing
   * that the measured request does not.
   */
  @Bean
  SecurityObservationSettings filtersUnobserved() {
    return SecurityObservationSettings.noObservations();
  }

  /** What Spring's firewall refuses is told as everything else is. */
  @Bean
  RequestRejectedHandler rejected(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return (request, response, e) -> problems.resolveException(request, response, null, e);
  }

  private static String[] names(Role... roles) {
    return Arrays.stream(roles).map(Role::name).toArray(String[]::new);
  }
}
