/** Firebase Cloud Messaging, with the server that gives tokens to its service account. */
@NullMarked
package dev.mainstay.sandbox.fcm;

import org.jspecify.annotations.NullMarked;
