package dev.mainstay.api.request;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;
import org.springframework.stereotype.Component;

/**
 * Reads the times of queries as {@link FieldFormats} checks those of bodies; an empty text is none.
 */
@Component
final class InstantConverter implements Converter<String, @Nullable Instant> {

  @Override
  public @Nullable Instant convert(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (!FieldFormats.isDateTime(text)) {
      throw new IllegalArgumentException("Not a time");
    }
    return Instant.parse(text);
  }
}
