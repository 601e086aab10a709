package dev.mainstay.sandbox.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import io.temporal.workflow.WorkflowInterface;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;
import org.slf4j.LoggerFactory;

/**
 * The rules that hold the house together. Each is written for a root package, so that it can be
 * asked of the house and, to see it fail, of the small one below {@code planted} that breaks it.
 */
enum ArchitectureRule {
  DEPENDENCIES_POINT_ONE_WAY(house ->
      layers(house)
          .whereLayer("workflows")
          .mayNotAccessAnyLayer()
          .whereLayer("db")
          .mayNotAccessAnyLayer()
          .whereLayer("activities")
          .mayOnlyAccessLayers("workflows", "db")
          .whereLayer("worker")
          .mayOnlyAccessLayers("activities", "workflows", "db")
          .whereLayer("api")
          .mayOnlyAccessLayers("workflows", "db")),

  NOBODY_DEPENDS_ON_SANDBOX_BENCHMARK_OR_EXAMPLE(house ->
      layers(house)
          .whereLayer("sandbox")
          .mayOnlyBeAccessedByLayers("benchmark")
          .whereLayer("benchmark")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("example")
          .mayNotBeAccessedByAnyLayer()
          .because("production contains no simulators, and no process that is added to it")),

  CAPABILITIES_FORM_NO_CYCLE(house ->
      slices()
          .matching("%s.(workflows|activities|db|worker).(*)..".formatted(house))
          .namingSlices("$1 of $2")
          .should()
          .beFreeOfCycles()),

  ONLY_WORKER_HOST_NAMES_WORKFLOW_IMPLEMENTATIONS(house ->
      noClasses()
          .that()
          .resideOutsideOfPackages(house + ".worker..", house + ".workflows..")
          .should()
          .dependOnClassesThat(
              describe(
                  "implement a workflow of ours",
                  target ->
                      target.getPackageName().startsWith(house + ".workflows")
                          && !target.isInterface()
                          && target.getAllRawInterfaces().stream()
                              .anyMatch(
                                  contract -> contract.isAnnotatedWith(WorkflowInterface.class))))
          .because("everyone else starts and signals them by their contract")),

  WORKFLOWS_DEPEND_ON_TEMPORAL_AND_ANNOTATIONS_ONLY(house ->
      classes()
          .that()
          .resideInAPackage(house + ".workflows..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              house + ".workflows..",
              // the kit, for a process that is added
              "dev.mainstay.workflows..",
              "java..",
              "io.temporal..",
              "com.fasterxml.jackson.annotation..",
              "org.jspecify.annotations..",
              // what temporal-sdk itself hands out: a logger and a metrics scope
              "org.slf4j..",
              "com.uber.m3.tally..")
          .because("a workflow that depends on little can be replayed for long")),

  WORKFLOW_CODE_IS_DETERMINISTIC(house ->
      noClasses()
          .that()
          .resideInAPackage(house + ".workflows..")
          .should(
              dependOnClassesThat(
                  describe(
                      "are threads, locks, dice, loggers that repeat themselves or the world outside",
                      ArchitectureRule::isNondeterministic)))
          .orShould(
              accessTargetWhere(
                  describe(
                      "reads the clock, the environment or dice",
                      ArchitectureRule::isNondeterministic)))
          .orShould(ACCESS_STANDARD_STREAMS)
          .because("a replay has to take the same way; Workflow.* has what it needs")),

  TIME_COMES_FROM_AN_INJECTED_SOURCE(house ->
      noClasses()
          .that()
          .resideOutsideOfPackages(
              house + ".workflows..", house + ".sandbox..", house + ".benchmark..")
          .should(
              accessTargetWhere(
                  describe("reads the machine's clock", ArchitectureRule::readsClock)))
          .because("tests move the time; ask an InstantSource")),

  IDS_OF_OTHERS_ARE_CANONICAL(house ->
      noClasses()
          .that()
          .resideInAPackage(house + ".api..")
          .or()
          .haveSimpleNameEndingWith("Gateway")
          .should(
              accessTargetWhere(
                  describe("reads an id leniently", ArchitectureRule::readsIdLeniently)))
          .because("it takes 1-1-1-1-1 for an id; ask CanonicalUuid")),

  ONLY_SANDBOX_AND_BENCHMARK_PRINT(house ->
      noClasses()
          .that()
          .resideOutsideOfPackages(house + ".sandbox..", house + ".benchmark..")
          .should(ACCESS_STANDARD_STREAMS)
          .because("applications log; a command writes to the output that picocli gives it")),

  NOTHING_IS_INJECTED_INTO_FIELDS(house ->
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAPackage(house + "..")
          .should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
          .because("what a class needs stands in its constructor")),

  NAMES_SAY_WHAT_A_CLASS_IS(house ->
      noClasses()
          .that()
          .resideInAPackage(house + "..")
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl\\d+)")),

  NO_TWO_CLASSES_SHARE_A_NAME(house ->
      classes()
          .that()
          .resideInAPackage(house + "..")
          .and()
          .areTopLevelClasses()
          .and()
          .doNotHaveSimpleName("package-info")
          .should(haveANameOfTheirOwn())
          .because("a search for a class finds one")),

  EVERY_PACKAGE_IS_NULL_MARKED(house ->
      classes().that().resideInAPackage(house + "..").should(resideInANullMarkedPackage()));

  @SuppressWarnings("ImmutableEnumChecker") // none of the functions above holds anything
  private final Function<String, ArchRule> rule;

  ArchitectureRule(Function<String, ArchRule> rule) {
    this.rule = rule;
  }

  /** The rule for the modules below a root package. */
  ArchRule in(String house) {
    return rule.apply(house);
  }

  private static LayeredArchitecture layers(String house) {
    LayeredArchitecture architecture =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String module :
        Set.of(
            "workflows", "db", "activities", "worker", "api", "sandbox", "benchmark", "example")) {
      architecture = architecture.layer(module).definedBy("%s.%s..".formatted(house, module));
    }
    return architecture;
  }

  private static boolean isNondeterministic(JavaClass target) {
    return target.isAssignableTo(Thread.class)
        || target.isAssignableTo(Random.class)
        || target.isEquivalentTo(SecureRandom.class)
        || target.isEquivalentTo(LoggerFactory.class)
        || Set.of("java.io", "java.net", "java.nio.file", "java.util.concurrent").stream()
            .anyMatch(outside -> target.getPackageName().startsWith(outside));
  }

  private static boolean isNondeterministic(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    return readsClock(access)
        || owner.isEquivalentTo(System.class)
        || (owner.isEquivalentTo(UUID.class) && access.getName().equals("randomUUID"))
        || (owner.isEquivalentTo(Math.class) && access.getName().equals("random"));
  }

  private static boolean readsIdLeniently(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(UUID.class)
        && access.getName().equals("fromString");
  }

  private static boolean readsClock(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    return (owner.getPackageName().startsWith("java.time") && access.getName().equals("now"))
        || (owner.isEquivalentTo(Clock.class) && access.getName().startsWith("system"))
        || (owner.isEquivalentTo(System.class) && access.getName().equals("currentTimeMillis"));
  }

  private static ArchCondition<JavaClass> haveANameOfTheirOwn() {
    return new ArchCondition<>("have a simple name of their own") {
      private final Map<String, Long> classesByName = new HashMap<>();

      @Override
      public void init(Collection<JavaClass> all) {
        classesByName.putAll(
            all.stream().collect(groupingBy(JavaClass::getSimpleName, counting())));
      }

      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean unique = classesByName.getOrDefault(item.getSimpleName(), 0L) == 1;
        events.add(
            new SimpleConditionEvent(item, unique, item.getName() + " shares its simple name"));
      }
    };
  }

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a @NullMarked package with a package-info") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                item, marked, item.getName() + " is in a package that is not @NullMarked"));
      }
    };
  }
}
