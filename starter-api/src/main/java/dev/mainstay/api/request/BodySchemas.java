package dev.mainstay.api.request;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import dev.mainstay.api.problem.FieldProblem;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.core.ResolvableType;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Validates bodies with the very schemas of the OpenAPI description, so that all invalid fields are
 * found at once and the description always matches the accepted bodies.
 */
@Component
public class BodySchemas {

  private static final int MAX_PROBLEMS = 100;

  private final FieldFormats formats;
  private final JsonMapper json;
  // Made with the first body, since a start need not wait for them.
  private final SingletonSupplier<ModelConverters> models =
      SingletonSupplier.of(BodySchemas::models);
  private final SingletonSupplier<SchemaRegistry> registry = SingletonSupplier.of(this::registry);
  private final Map<Type, Schema> schemas = new ConcurrentHashMap<>();

  BodySchemas(FieldFormats formats, JsonMapper json) {
    this.formats = formats;
    this.json = json;
  }

  /** The problems of a body for this record, or list of records; empty if there are none. */
  public List<FieldProblem> check(Type type, JsonNode body) {
    return schemas.computeIfAbsent(type, this::schema).validate(body).stream()
        .map(this::problem)
        .distinct()
        .limit(MAX_PROBLEMS)
        .toList();
  }

  private static ModelConverters models() {
    ModelConverters models = new ModelConverters(true);
    models.addConverter(new RecordSchemas());
    return models;
  }

  private SchemaRegistry registry() {
    Dialect dialect =
        Dialect.builder(Dialects.getDraft202012())
            .formats(formats.all())
            // "components" and "example" are the description's own and say nothing about a body.
            .unknownKeywordFactory((keyword, _) -> new NonValidationKeyword(keyword))
            .build();
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .formatAssertionsEnabled(true)
            .pathType(PathType.JSON_POINTER)
            .locale(Locale.ROOT)
            .build();
    return SchemaRegistry.withDialect(dialect, builder -> builder.schemaRegistryConfig(config));
  }

  private Schema schema(Type type) {
    // A list is described here: on its own, outside of an operation, swagger-core resolves none.
    ResolvableType list = ResolvableType.forType(type).as(List.class);
    boolean isList = list.hasGenerics();
    var resolved =
        models
            .obtain()
            .resolveAsResolvedSchema(
                new AnnotatedType(isList ? list.getGeneric().getType() : type).resolveAsRef(false));
    Map<String, Object> document =
        Map.of(
            "allOf",
            List.of(isList ? Map.of("type", "array", "items", resolved.schema) : resolved.schema),
            "components",
            Map.of("schemas", resolved.referencedSchemas));
    return registry.obtain().getSchema(json.readTree(Json31.pretty(document)));
  }

  private FieldProblem problem(Error error) {
    NodePath at = error.getInstanceLocation();
    return switch (error.getKeyword()) {
      case "required" -> new FieldProblem(at.append(error.getProperty()).toString(), "is missing");
      case "additionalProperties" ->
          new FieldProblem(at.append(error.getProperty()).toString(), "is not a known field");
      case "format" ->
          new FieldProblem(
              at.toString(), "must be " + formats.meaning(error.getSchemaNode().asString()));
      default -> new FieldProblem(at.toString(), error.getMessage());
    };
  }
}
