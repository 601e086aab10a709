package dev.mainstay.sandbox.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the whole house to its rules, and each rule to finding what breaks it. */
class ArchitectureTest {

  private static final String HOUSE = "dev.mainstay";

  private static final String EXAMPLE = HOUSE + ".example";

  private static final JavaClasses PRODUCTION =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .withImportOption(location -> !location.contains("/db/generated/"))
          .importPackages(HOUSE);

  @ParameterizedTest
  @EnumSource
  void theHouseKeepsTheRule(ArchitectureRule rule) {
    rule.in(HOUSE).check(PRODUCTION);
  }

  /** A process that is added has the same packages below its own root. */
  @ParameterizedTest
  @EnumSource
  void theExampleKeepsTheRule(ArchitectureRule rule) {
    rule.in(EXAMPLE).check(PRODUCTION.that(resideInAPackage(EXAMPLE + "..")));
  }

  /** Below {@code planted} every rule has a package, in which each class Bad… breaks it. */
  @ParameterizedTest
  @EnumSource
  void theRuleFindsEveryPlantThatBreaksIt(ArchitectureRule rule) {
    String house =
        "%s.planted.%s"
            .formatted(
                ArchitectureTest.class.getPackageName(),
                rule.name().toLowerCase(Locale.ROOT).replace("_", ""));
    JavaClasses planted = new ClassFileImporter().importPackages(house);
    List<String> bad =
        planted.stream()
            .filter(type -> type.getSimpleName().startsWith("Bad"))
            .map(JavaClass::getName)
            .toList();
    assertThat(bad).isNotEmpty();

    Throwable violation = catchThrowable(() -> rule.in(house).check(planted));

    assertThat(violation).isInstanceOf(AssertionError.class);
    assertThat(violation.getMessage()).contains(bad);
  }

  @Test
  void everyModuleIsLookedAt() {
    assertThat(PRODUCTION.stream().map(ArchitectureTest::module).distinct())
        .containsExactlyInAnyOrder(
            "workflows", "db", "activities", "worker", "api", "sandbox", "example");
  }

  private static String module(JavaClass type) {
    return type.getPackageName().replaceFirst("dev\\.mainstay\\.(\\w+).*", "$1");
  }
}
