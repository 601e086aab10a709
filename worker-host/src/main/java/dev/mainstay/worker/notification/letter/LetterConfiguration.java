package dev.mainstay.worker.notification.letter;

import dev.mainstay.activities.notification.letter.LetterSettings;
import dev.mainstay.activities.notification.letter.Letters;
import dev.mainstay.activities.notification.letter.LettersFromFacts;
import dev.mainstay.activities.notification.letter.TokenSource;
import dev.mainstay.worker.module.ConditionalOnBackend;
import org.jooq.DSLContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The letters of this host. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBackend
class LetterConfiguration {

  @Bean
  LetterSettings letterSettings(LetterProperties letters) {
    return letters.settings();
  }

  @Bean
  Letters letters(
      DSLContext database, JsonMapper json, LetterSettings settings, TokenSource tokens) {
    return new LettersFromFacts(database, json, settings, tokens);
  }
}
