/** Demo data: the same courses, trainers and students for the same seed. */
@NullMarked
package dev.mainstay.sandbox.demo;

import org.jspecify.annotations.NullMarked;
