@NullMarked
package dev.mainstay.activities.notification;

import org.jspecify.annotations.NullMarked;
