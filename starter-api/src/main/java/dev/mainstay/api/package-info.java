/** The REST starter: accepts the requests that start processes, and shows their results. */
@NullMarked
package dev.mainstay.api;

import org.jspecify.annotations.NullMarked;
