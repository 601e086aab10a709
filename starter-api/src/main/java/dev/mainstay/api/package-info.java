/** The REST starter: takes in what starts a process, and shows what became of it. */
@NullMarked
package dev.mainstay.api;

import org.jspecify.annotations.NullMarked;
