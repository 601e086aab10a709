/** An SMTP server whose mails can be read in a browser, beside everything that is ever written. */
@NullMarked
package dev.mainstay.sandbox.smtp;

import org.jspecify.annotations.NullMarked;
