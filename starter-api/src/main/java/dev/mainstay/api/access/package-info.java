/** API keys: who calls, what they may, how often. */
@NullMarked
package dev.mainstay.api.access;

import org.jspecify.annotations.NullMarked;
