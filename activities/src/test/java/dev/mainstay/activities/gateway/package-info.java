@NullMarked
package dev.mainstay.activities.gateway;

import org.jspecify.annotations.NullMarked;
