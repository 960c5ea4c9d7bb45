/** Outputs: where the records of a batch leave the graph. */
@NullMarked
package io.millrace.operator.output;

import org.jspecify.annotations.NullMarked;
