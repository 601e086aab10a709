package dev.mainstay.api.request;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes into a record's schema what its Java types say already: a component that is not {@code
 * Nullable} is required, no other field is known, a zone, a currency and a time have their format.
 */
public final class RecordSchemas implements ModelConverter {

  private static final Map<Class<?>, String> FORMATS =
      Map.of(
          ZoneId.class, FieldFormats.ZONE,
          Currency.class, FieldFormats.CURRENCY,
          LocalTime.class, FieldFormats.LOCAL_TIME,
          Duration.class, FieldFormats.DURATION);

  @Override
  public boolean isOpenapi31() {
    return true;
  }

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType annotated, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Class<?> type = Json31.mapper().constructType(annotated.getType()).getRawClass();
    String format = FORMATS.get(type);
    if (format != null) {
      Schema<String> text = new Schema<>(SpecVersion.V31);
      text.addType("string");
      text.setFormat(format);
      return text;
    }
    Schema<?> schema = chain.hasNext() ? chain.next().resolve(annotated, context, chain) : null;
    if (schema != null && type.isRecord()) {
      Schema<?> model =
          schema.get$ref() == null
              ? schema
              : context
                  .getDefinedModels()
                  .get(schema.get$ref().substring(schema.get$ref().lastIndexOf('/') + 1));
      if (model != null) {
        describe(type, model);
      }
    }
    return schema;
  }

  private static void describe(Class<?> type, Schema<?> model) {
    model.setAdditionalProperties(false);
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName();
      boolean required = model.getRequired() != null && model.getRequired().contains(name);
      if (component.isAnnotationPresent(JsonUnwrapped.class)) {
        describe(component.getType(), model);
      } else if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        if (!required) {
          model.addRequiredItem(name);
        }
      } else if (!required) {
        allowNull(model.getProperties().get(name));
      }
    }
  }

  private static void allowNull(@Nullable Schema<?> property) {
    if (property != null && property.getTypes() != null) {
      property.addType("null");
    }
  }
}
