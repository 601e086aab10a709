package dev.mainstay.worker.recovery;

import io.temporal.client.WorkflowClient;
import io.temporal.spring.boot.autoconfigure.RootNamespaceAutoConfiguration;
import io.temporal.spring.boot.autoconfigure.ServiceStubsAutoConfiguration;
import javax.sql.DataSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/**
 * The worker host's connections, without a worker: the configuration keys are the same. It is no
 * configuration of the host itself, whose scan would find it.
 */
@ImportAutoConfiguration({
  DataSourceAutoConfiguration.class,
  ServiceStubsAutoConfiguration.class,
  RootNamespaceAutoConfiguration.class
})
class RecoveryConnections {

  /** Runs the command on them; its exit code. */
  static int run(String... arguments) {
    try (var context =
        new SpringApplicationBuilder(RecoveryConnections.class)
            .web(WebApplicationType.NONE)
            .properties("logging.level.root=warn", "spring.main.log-startup-info=false")
            .run()) {
      return RecoverCommand.commandLine(
              context.getBean(DataSource.class), () -> context.getBean(WorkflowClient.class))
          .execute(arguments);
    }
  }
}
