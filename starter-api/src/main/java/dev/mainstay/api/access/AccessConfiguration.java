package dev.mainstay.api.access;

import dev.mainstay.api.ApiProperties;
import dev.mainstay.api.request.BodyLimit;
import java.time.InstantSource;
import java.util.List;
import org.jooq.DSLContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
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
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Authenticates callers by their API keys and lets them call what their roles allow. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  @Bean
  ApiKeys apiKeys(DSLContext database, InstantSource clock) {
    return new ApiKeys(database, clock);
  }

  @Bean
  HandlerAccess handlerAccess(
      @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
    return new HandlerAccess(handlers.getHandlerMethods());
  }

  @Bean
  SecurityFilterChain endpoints(
      HttpSecurity http,
      HandlerAccess access,
      ApiKeys keys,
      ApiProperties properties,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    http.authorizeHttpRequests(requests -> requests.anyRequest().access(access));
    http.exceptionHandling(refusals ->
        refusals
            .authenticationEntryPoint(
                (request, response, e) -> problems.resolveException(request, response, null, e))
            .accessDeniedHandler(
                (request, response, e) -> problems.resolveException(request, response, null, e)));
    http.addFilterBefore(
        new ApiKeyFilter(keys, new RateLimits(properties.rateLimit()), problems),
        AuthorizationFilter.class);
    http.addFilterAfter(
        new BodyLimit(properties.maxBody().toBytes(), problems), AuthorizationFilter.class);
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
   * Measuring each of the filters costs a tenth of an acknowledgement, and adds nothing to the
   * measured request.
   */
  @Bean
  SecurityObservationSettings filtersUnobserved() {
    return SecurityObservationSettings.noObservations();
  }

  /** Reports the requests that Spring's firewall refuses as every other refusal is reported. */
  @Bean
  RequestRejectedHandler rejected(
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    return (request, response, e) -> problems.resolveException(request, response, null, e);
  }
}
