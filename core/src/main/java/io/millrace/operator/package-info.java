/** What the author of an operator or a sink implements. */
@NullMarked
package io.millrace.operator;

import org.jspecify.annotations.NullMarked;
