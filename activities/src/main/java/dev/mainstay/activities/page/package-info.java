/** Building block 2: what the database plans becomes the pages of a workflow. */
@NullMarked
package dev.mainstay.activities.page;

import org.jspecify.annotations.NullMarked;
