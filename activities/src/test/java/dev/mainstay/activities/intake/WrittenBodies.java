package dev.mainstay.activities.intake;

import static dev.mainstay.db.generated.Tables.INTAKE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mainstay.workflows.ProcessTypes;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.jooq.DSLContext;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds the bodies that SQL writes to the record that the drainer reads. */
public final class WrittenBodies {

  private static final JsonMapper JSON = new JsonMapper();

  private WrittenBodies() {}

  /** Fails unless there are rows of the kind, and each body has the fields of its record. */
  public static void assertMatchRecord(DSLContext database, String kind) {
    List<JSONB> bodies =
        database.select(INTAKE.BODY).from(INTAKE).where(INTAKE.KIND.eq(kind)).fetch(INTAKE.BODY);
    Class<?> type = type(kind);
    assertThat(bodies).as("intake rows of kind %s", kind).isNotEmpty();
    assertThat(bodies)
        .allSatisfy(body -> {
          JsonNode fields = JSON.readTree(body.data());
          assertThat(JSON.treeToValue(fields, type)).isInstanceOf(type);
          assertThat(fields.propertyNames())
              .as("fields of %s", type.getSimpleName())
              .isSubsetOf(names(type, false))
              .containsAll(names(type, true));
        });
  }

  private static Class<?> type(String kind) {
    return ProcessTypes.ALL.stream()
        .flatMap(process -> process.intake().stream())
        .filter(intake -> intake.name().equals(kind))
        .findFirst()
        .orElseThrow()
        .body();
  }

  private static List<String> names(Class<?> type, boolean required) {
    return Arrays.stream(type.getRecordComponents())
        .filter(component -> !required || !isNullable(component))
        .map(RecordComponent::getName)
        .toList();
  }

  private static boolean isNullable(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }
}
