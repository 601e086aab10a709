package dev.mainstay.example.api.gift;

import dev.mainstay.api.command.CommandRunner;
import dev.mainstay.example.workflows.gift.GiftWorkflow;
import dev.mainstay.workflows.process.ProcessType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Adds gifts to the API. */
@AutoConfiguration
@ConditionalOnBean(CommandRunner.class)
@Import(GiftController.class)
class GiftApiAutoConfiguration {

  @Bean
  ProcessType giftProcess() {
    return GiftWorkflow.TYPE;
  }
}
