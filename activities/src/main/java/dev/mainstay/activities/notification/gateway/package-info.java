/**
 * The gateways for messages to people: e-mail, SMS and push, each behind an interface of its own.
 */
@NullMarked
package dev.mainstay.activities.notification.gateway;

import org.jspecify.annotations.NullMarked;
