/** Trainers: vendors who teach, with their capacity and hours. */
@NullMarked
package dev.mainstay.api.trainer;

import org.jspecify.annotations.NullMarked;
