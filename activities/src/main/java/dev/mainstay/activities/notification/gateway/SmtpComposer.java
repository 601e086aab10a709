package dev.mainstay.activities.notification.gateway;

import jakarta.activation.FileTypeMap;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Composes mails with one map of file types for all, where Spring's would read one for each. */
final class SmtpComposer extends MimeMessageHelper {

  SmtpComposer(MimeMessage message) throws MessagingException {
    super(message, MULTIPART_MODE_MIXED, "UTF-8");
  }

  @Override
  protected FileTypeMap getDefaultFileTypeMap(MimeMessage message) {
    return FileTypeMap.getDefaultFileTypeMap();
  }
}
