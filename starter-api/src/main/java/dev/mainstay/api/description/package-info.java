/** The OpenAPI description, generated from the code. */
@NullMarked
package dev.mainstay.api.description;

import org.jspecify.annotations.NullMarked;
