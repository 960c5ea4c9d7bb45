/** What users write as lambdas: the functions that operators call, each free to throw. */
@NullMarked
package io.millrace.function;

import org.jspecify.annotations.NullMarked;
