/** Those who carry messages, as they are configured. */
@NullMarked
package dev.mainstay.worker.notification.gateway;

import org.jspecify.annotations.NullMarked;
