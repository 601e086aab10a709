/** The processes of the worker hosts: their health, and running a process now. */
@NullMarked
package dev.mainstay.api.worker;

import org.jspecify.annotations.NullMarked;
