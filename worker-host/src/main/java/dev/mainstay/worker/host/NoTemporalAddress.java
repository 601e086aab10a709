package dev.mainstay.worker.host;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names the setting where a host does not start because it has no client of Temporal. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class NoTemporalAddress extends AbstractFailureAnalyzer<NoSuchBeanDefinitionException> {

  @Override
  protected @Nullable FailureAnalysis analyze(
      Throwable rootFailure, NoSuchBeanDefinitionException cause) {
    Class<?> missing = cause.getBeanType();
    return missing == WorkflowClient.class || missing == WorkflowServiceStubs.class
        ? new FailureAnalysis(
            "TEMPORAL_ADDRESS is not set.",
            "Set it to host:port of Temporal's frontend, as temporal:7233, or mainstay.backend to disabled.",
            cause)
        : null;
  }
}
