package dev.mainstay.worker.temporal;

import static java.util.stream.Collectors.joining;

import dev.mainstay.workflows.SearchAttributes;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc.OperatorServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Sees to it that the server knows the product's search attributes before any run is started with
 * them.
 */
public final class RegisteredSearchAttributes {

  private static final List<SearchAttributeKey<?>> NEEDED =
      List.of(
          SearchAttributes.PROCESS,
          SearchAttributes.NEEDS_ATTENTION,
          SearchAttributes.ATTENTION_REASON,
          SearchAttributes.SUBJECTS,
          SearchAttributes.PROGRESS);

  private final WorkflowClient client;
  private final DSLContext database;
  private final TransactionOperations transaction;

  public RegisteredSearchAttributes(
      WorkflowClient client, DSLContext database, TransactionOperations transaction) {
    this.client = client;
    this.database = database;
    this.transaction = transaction;
  }

  /**
   * Registers the missing attributes. If none is missing, it does not use PostgreSQL.
   *
   * @throws IllegalStateException where the server does not allow it, with the command that an
   *     administrator has to run
   */
  public void ensure() {
    OperatorServiceBlockingStub operator = operator();
    if (missing(operator).isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(_ -> {
      lock(database, namespace());
      Map<String, IndexedValueType> missing = missing(operator);
      if (!missing.isEmpty()) {
        register(operator, missing);
      }
    });
  }

  /** Whether none is missing. */
  public boolean areKnown() {
    return missing(operator()).isEmpty();
  }

  /** If two hosts register at once, the server refuses one, or gives an attribute two columns. */
  static void lock(DSLContext database, String namespace) {
    database.execute(
        "select pg_advisory_xact_lock(hashtextextended({0}, 0))",
        DSL.val("search-attributes/" + namespace));
  }

  private OperatorServiceBlockingStub operator() {
    return OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setChannel(client.getWorkflowServiceStubs().getRawChannel())
                .validateAndBuildWithDefaults())
        .blockingStub();
  }

  private Map<String, IndexedValueType> missing(OperatorServiceBlockingStub operator) {
    Map<String, IndexedValueType> known =
        operator
            .listSearchAttributes(
                ListSearchAttributesRequest.newBuilder().setNamespace(namespace()).build())
            .getCustomAttributesMap();
    Map<String, IndexedValueType> missing = new TreeMap<>();
    for (SearchAttributeKey<?> key : NEEDED) {
      if (!known.containsKey(key.getName())) {
        missing.put(key.getName(), key.getValueType());
      }
    }
    return missing;
  }

  private void register(
      OperatorServiceBlockingStub operator, Map<String, IndexedValueType> missing) {
    try {
      operator.addSearchAttributes(
          AddSearchAttributesRequest.newBuilder()
              .setNamespace(namespace())
              .putAllSearchAttributes(missing)
              .build());
    } catch (StatusRuntimeException e) {
      throw new IllegalStateException(
          "The server does not let us register search attributes. Run: temporal operator search-attribute create --namespace "
              + namespace()
              + missing.entrySet().stream()
                  .map(a -> " --name %s --type %s".formatted(a.getKey(), cliType(a.getValue())))
                  .collect(joining()),
          e);
    }
  }

  private String namespace() {
    return client.getOptions().getNamespace();
  }

  private static String cliType(IndexedValueType type) {
    return switch (type) {
      case INDEXED_VALUE_TYPE_KEYWORD_LIST -> "KeywordList";
      case INDEXED_VALUE_TYPE_BOOL -> "Bool";
      default -> "Keyword";
    };
  }
}
