/** The part of Twilio's messaging that the product uses. */
@NullMarked
package dev.mainstay.sandbox.twilio;

import org.jspecify.annotations.NullMarked;
