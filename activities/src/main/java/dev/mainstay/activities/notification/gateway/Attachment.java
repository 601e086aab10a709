package dev.mainstay.activities.notification.gateway;

import java.util.Arrays;
import java.util.Objects;

/**
 * A file that goes with an e-mail.
 *
 * @param name the file's, with its ending
 * @param content never changed by anybody
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its content below
public record Attachment(String name, String mediaType, byte[] content) {

  @Override
  public boolean equals(Object other) {
    return other instanceof Attachment that
        && name.equals(that.name)
        && mediaType.equals(that.mediaType)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, mediaType, Arrays.hashCode(content));
  }

  @Override
  public String toString() {
    return "Attachment[" + mediaType + ", " + content.length + " bytes]";
  }
}
