@NullMarked
package dev.mainstay.workflows.notification;

import org.jspecify.annotations.NullMarked;
