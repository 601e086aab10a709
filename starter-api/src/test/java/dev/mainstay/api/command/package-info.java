@NullMarked
package dev.mainstay.api.command;

import org.jspecify.annotations.NullMarked;
