/** Twilio's callbacks: the status of text messages, and replies from people. */
@NullMarked
package dev.mainstay.api.twilio;

import org.jspecify.annotations.NullMarked;
