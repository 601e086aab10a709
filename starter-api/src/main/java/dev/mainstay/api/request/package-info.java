/**
 * The checks that every request passes before a controller sees it: correlation id, size, fields.
 */
@NullMarked
package dev.mainstay.api.request;

import org.jspecify.annotations.NullMarked;
