@NullMarked
package dev.mainstay.activities.notification.gateway;

import org.jspecify.annotations.NullMarked;
