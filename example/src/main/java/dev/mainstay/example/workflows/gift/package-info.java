/** A course that one customer gives to another. */
@NullMarked
package dev.mainstay.example.workflows.gift;

import org.jspecify.annotations.NullMarked;
