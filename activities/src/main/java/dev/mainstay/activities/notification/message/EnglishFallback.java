package dev.mainstay.activities.notification.message;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a language, else the English ones: plain files in UTF-8; the machine's own language
 * has no say.
 */
public final class EnglishFallback extends ResourceBundle.Control {

  @Override
  public List<String> getFormats(String baseName) {
    return FORMAT_PROPERTIES;
  }

  @Override
  public @Nullable Locale getFallbackLocale(String baseName, Locale locale) {
    return locale.equals(Locale.ENGLISH) ? null : Locale.ENGLISH;
  }
}
