/** What Twilio tells us: what became of a text message, and what people write back. */
@NullMarked
package dev.mainstay.api.twilio;

import org.jspecify.annotations.NullMarked;
