/** One JVM: its actors wired together, its settings parsed once, its threads and its time. */
@NullMarked
package io.millrace.runtime.node;

import org.jspecify.annotations.NullMarked;
