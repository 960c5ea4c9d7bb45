/** The executor: tasks over blocks and partitions, fused chains of operators, the exchange by key. */
@NullMarked
package io.millrace.runtime.executor;

import org.jspecify.annotations.NullMarked;
