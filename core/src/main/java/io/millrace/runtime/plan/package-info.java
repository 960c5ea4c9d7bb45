/** The physical plan: which operators run together in one task, and where records must be exchanged in between. */
@NullMarked
package io.millrace.runtime.plan;

import org.jspecify.annotations.NullMarked;
