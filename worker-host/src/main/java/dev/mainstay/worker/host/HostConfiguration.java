package dev.mainstay.worker.host;

import dev.mainstay.activities.attention.AttentionStepsImpl;
import dev.mainstay.activities.gateway.SharedRateLimit;
import dev.mainstay.activities.step.DatabaseStepsImpl;
import dev.mainstay.activities.step.DatabaseUnavailableInterceptor;
import dev.mainstay.activities.step.HeartbeatInterceptor;
import dev.mainstay.activities.sweep.SweepStepsImpl;
import dev.mainstay.worker.intake.DrainerSlots;
import dev.mainstay.worker.module.ConditionalOnBackend;
import dev.mainstay.worker.module.WorkerModule;
import dev.mainstay.worker.module.WorkerProperties;
import dev.mainstay.worker.temporal.RegisteredSearchAttributes;
import dev.mainstay.workflows.TaskQueues;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.serviceclient.GrpcCompression;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.spring.boot.TemporalOptionsCustomizer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionOperations;

/** The parts of a host, and the modules that serve all others. */
@Configuration(proxyBeanMethods = false)
class HostConfiguration {

  private static final String ATTENTION = "attention";
  private static final String SWEEP = "sweep";

  /** The modules whose activities the runs of all others on their queue call. */
  static final Set<String> SERVING_OTHERS = Set.of(ATTENTION, SWEEP);

  @Bean
  InstantSource clock() {
    return InstantSource.system();
  }

  @Bean
  SharedRateLimit sharedRate(DataSource database) {
    return new SharedRateLimit(database);
  }

  @Bean
  WorkerModule attentionModule(DSLContext database, TransactionOperations transaction) {
    return new WorkerModule(
        ATTENTION,
        TaskQueues.PROCESSES,
        List.of(),
        List.of(new AttentionStepsImpl(database, transaction), new DatabaseStepsImpl(database)),
        List.of());
  }

  @Bean
  WorkerModule sweepModule(DSLContext database, TransactionOperations transaction) {
    return new WorkerModule(
        SWEEP,
        TaskQueues.PROCESSES,
        List.of(),
        List.of(new SweepStepsImpl(database, transaction)),
        List.of());
  }

  @Bean
  @ConditionalOnBackend
  StepCounts stepCounts() {
    return new StepCounts();
  }

  @Bean
  @ConditionalOnBackend
  RegisteredSearchAttributes searchAttributes(
      WorkflowClient client, DSLContext database, TransactionOperations transaction) {
    return new RegisteredSearchAttributes(client, database, transaction);
  }

  @Bean
  @ConditionalOnBackend
  WorkerHost workerHost(
      WorkflowClient client,
      WorkerProperties properties,
      List<WorkerModule> modules,
      List<WorkerInterceptor> observers,
      DrainerSlots drainerSlots,
      RegisteredSearchAttributes searchAttributes,
      Environment environment) {
    FeatureNames.requireKnown(environment, modules);
    return new WorkerHost(
        client,
        properties,
        modules,
        Stream.concat(
                Stream.of(new DatabaseUnavailableInterceptor(), new HeartbeatInterceptor()),
                observers.stream())
            .toList(),
        drainerSlots,
        searchAttributes);
  }

  @Bean
  @ConditionalOnBackend
  TemporalHealth temporalHealthIndicator(WorkflowClient client, WorkerHost host) {
    return new TemporalHealth(client, host);
  }

  @Bean
  @ConditionalOnBackend
  Heartbeat heartbeat(
      DSLContext database, InstantSource clock, WorkerHost host, StepCounts counts) {
    return new Heartbeat(database, clock, host, counts);
  }

  /**
   * A Temporal that does not answer within ten seconds counts as unavailable, and the drainer waits
   * for it; on this machine's loopback compression costs more than it saves.
   */
  @Bean
  TemporalOptionsCustomizer<WorkflowServiceStubsOptions.Builder> connection() {
    return options -> {
      if (isLoopback(options.build().getTarget())) {
        options.setGrpcCompression(GrpcCompression.NONE);
      }
      return options.setRpcRetryOptions(
          RpcRetryOptions.newBuilder().setExpiration(Duration.ofSeconds(10)).build());
    };
  }

  private static boolean isLoopback(String target) {
    int colon = target.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalStateException(
          "TEMPORAL_ADDRESS has to be host:port, as temporal:7233, and is " + target);
    }
    try {
      return InetAddress.getByName(target.substring(0, colon)).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
