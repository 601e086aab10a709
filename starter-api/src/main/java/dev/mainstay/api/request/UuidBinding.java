package dev.mainstay.api.request;

import dev.mainstay.db.CanonicalUuid;
import java.beans.PropertyEditorSupport;
import java.util.UUID;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;

/**
 * Reads the ids of paths and queries; an empty text is none. It is an editor, since Spring falls
 * back from a converter that refuses a text to its own editor, which is more lenient.
 */
@ControllerAdvice
final class UuidBinding {

  @InitBinder
  void register(WebDataBinder binder) {
    binder.registerCustomEditor(UUID.class, new Editor());
  }

  private static final class Editor extends PropertyEditorSupport {

    @Override
    public void setAsText(String text) {
      setValue(
          text.isEmpty()
              ? null
              : CanonicalUuid.parse(text)
                  .orElseThrow(() -> new IllegalArgumentException("Not a UUID")));
    }
  }
}
