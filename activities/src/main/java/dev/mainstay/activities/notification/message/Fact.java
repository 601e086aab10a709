package dev.mainstay.activities.notification.message;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A component of a record of facts.
 *
 * @param optional whether a letter may lack it
 * @param value null where the letter lacks it
 */
record Fact(String name, boolean optional, @Nullable Object value) {

  /** Looked up once a class: to read an annotation costs more than to write a letter. */
  private static final ClassValue<List<Component>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<Component> computeValue(Class<?> facts) {
          return Arrays.stream(facts.getRecordComponents())
              .map(component -> new Component(component.getAccessor(), isOptional(component)))
              .toList();
        }
      };

  private static final Object LACKING =
      new Object() {
        @Override
        public String toString() {
          throw new IllegalStateException("The words name a fact that the letter lacks");
        }
      };

  Fact {
    if (value == null && !optional) {
      throw new IllegalArgumentException("A letter cannot do without " + name);
    }
  }

  /** In the order of the record. */
  static List<Fact> of(Record facts) {
    return COMPONENTS.get(facts.getClass()).stream().map(one -> one.of(facts)).toList();
  }

  /**
   * The variables of words about these facts. An optional fact has a second variable, as <code>
   * {hasPlace}</code>, which says yes or no; to use a missing fact fails. A list is given by its
   * length.
   *
   * @param phrase formats a value
   */
  static Map<String, Object> variables(List<Fact> facts, UnaryOperator<Object> phrase) {
    var variables = new HashMap<String, Object>();
    for (Fact fact : facts) {
      variables.put(
          fact.name,
          switch (fact.value) {
            case null -> LACKING;
            case List<?> list -> list.size();
            case Object value -> phrase.apply(value);
          });
      if (fact.optional) {
        variables.put(companion(fact.name), fact.value == null ? "no" : "yes");
      }
    }
    return variables;
  }

  static boolean isOptional(RecordComponent component) {
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  static String companion(String name) {
    return "has" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  private record Component(Method accessor, boolean optional) {

    Fact of(Record facts) {
      try {
        return new Fact(accessor.getName(), optional, accessor.invoke(facts));
      } catch (IllegalAccessException | InvocationTargetException e) {
        throw new LinkageError("The facts cannot be read", e);
      }
    }
  }
}
