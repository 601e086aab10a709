package dev.mainstay.api.description;

import dev.mainstay.api.access.Allowed;
import dev.mainstay.api.access.Caller;
import dev.mainstay.api.access.Idempotent;
import dev.mainstay.api.access.Public;
import dev.mainstay.api.access.Role;
import dev.mainstay.api.request.RecordSchemas;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The parts of the description that all calls share. It is built on the first request for it. */
@Configuration(proxyBeanMethods = false)
class Description {

  static {
    // The customizers below describe the caller's headers.
    SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
  }

  private static final String KEY = "key";
  private static final String PROBLEM = "Problem";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Mainstay")
                .version("v1")
                .description("The durable back office of a service marketplace."))
        .components(
            new Components()
                .addSecuritySchemes(
                    KEY,
                    new SecurityScheme()
                        .type(SecurityScheme.Type.HTTP)
                        .scheme("bearer")
                        .description("An API key, made with `./mainstay key create`")))
        .addSecurityItem(new SecurityRequirement().addList(KEY));
  }

  /** The root shows nothing of its own: it leads to the description, which needs no key. */
  @Bean
  WebMvcConfigurer rootLeadsToDescription(@Value("${springdoc.swagger-ui.path}") String docs) {
    return new WebMvcConfigurer() {
      @Override
      public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController("/", docs);
      }
    };
  }

  @Bean
  RecordSchemas recordSchemas() {
    return new RecordSchemas();
  }

  @Bean
  OpenApiCustomizer problemSchema() {
    return description ->
        ModelConverters.getInstance(true)
            .readAll(new AnnotatedType(Problem.class))
            .forEach(description.getComponents()::addSchemas);
  }

  @Bean
  OperationCustomizer idempotencyKey() {
    return (operation, handler) ->
        handler.hasMethodAnnotation(Idempotent.class)
            ? operation.addParametersItem(
                new HeaderParameter()
                    .name(Idempotent.HEADER)
                    .description("A key, chosen by the caller, that identifies this request")
                    .required(false)
                    .schema(new StringSchema().minLength(1).maxLength(Idempotent.MAX_LENGTH)))
            : operation;
  }

  /** A call without roles needs no key, and its description says so. */
  @Bean
  OperationCustomizer security() {
    return (operation, handler) ->
        handler.hasMethodAnnotation(Public.class) ? operation.security(List.of()) : operation;
  }

  @Bean
  OperationCustomizer refusals() {
    return (operation, handler) -> {
      refusals(operation, handler.getMethodAnnotation(Allowed.class))
          .forEach((status, meaning) -> {
            ApiResponse response =
                operation
                    .getResponses()
                    .computeIfAbsent(status, _ -> new ApiResponse().description(meaning));
            response.setContent(problem());
          });
      // The refusals that a call declares itself
      operation
          .getResponses()
          .forEach((status, response) -> {
            if (status.startsWith("4")) {
              response.setContent(problem());
            }
          });
      ApiResponses sorted = new ApiResponses();
      new TreeMap<>(operation.getResponses()).forEach(sorted::addApiResponse);
      return operation.responses(sorted);
    };
  }

  private static Map<String, String> refusals(Operation operation, @Nullable Allowed allowed) {
    Map<String, String> refusals = new LinkedHashMap<>();
    boolean body = operation.getRequestBody() != null;
    boolean parameters = operation.getParameters() != null && !operation.getParameters().isEmpty();
    if (body || parameters) {
      refusals.put("400", "The request is invalid; `errors` names every invalid field");
    }
    if (allowed != null) {
      refusals.put("401", "No API key, or one that is unknown, expired or revoked");
      refusals.put("403", "The API key has none of the roles " + roles(allowed));
      refusals.put("429", "The API key's rate limit is used up; see Retry-After");
    }
    if (parameters && operation.getParameters().stream().anyMatch(p -> "path".equals(p.getIn()))) {
      refusals.put("404", "It does not exist, or the caller may not see it");
    }
    if (operation.getResponses().containsKey("409")) {
      refusals.put("409", "The request conflicts with the present state");
    }
    if (body) {
      refusals.put("413", "The body is too large");
      if (allowed != null) {
        refusals.put("415", "The body is not application/json");
      }
    }
    refusals.put("503", "The database is unavailable; see Retry-After");
    return refusals;
  }

  private static String roles(Allowed allowed) {
    return Arrays.stream(allowed.value()).map(Role::text).collect(Collectors.joining(", "));
  }

  private static Content problem() {
    return new Content()
        .addMediaType(
            "application/problem+json",
            new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)));
  }
}
