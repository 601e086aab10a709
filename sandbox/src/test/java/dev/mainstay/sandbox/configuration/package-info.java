/** The page of all configuration keys, made from the code. */
@NullMarked
package dev.mainstay.sandbox.configuration;

import org.jspecify.annotations.NullMarked;
