package dev.mainstay.worker.notification.message;

import dev.mainstay.activities.notification.message.DatabaseMessageSource;
import dev.mainstay.activities.notification.message.MessageSettings;
import dev.mainstay.activities.notification.message.MessageSource;
import dev.mainstay.activities.notification.message.TokenSource;
import dev.mainstay.worker.module.ConditionalOnBackend;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The letters of this host. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class MessageConfiguration {

  @Bean
  MessageSettings letterSettings(MessageProperties letters) {
    return letters.settings();
  }

  @Bean
  MessageSource letters(
      DSLContext database, JsonMapper json, MessageSettings settings, TokenSource tokens) {
    return new DatabaseMessageSource(database, json, settings, tokens);
  }
}
