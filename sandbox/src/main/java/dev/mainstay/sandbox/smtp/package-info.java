/** An SMTP server whose mails can be read in a browser. */
@NullMarked
package dev.mainstay.sandbox.smtp;

import org.jspecify.annotations.NullMarked;
