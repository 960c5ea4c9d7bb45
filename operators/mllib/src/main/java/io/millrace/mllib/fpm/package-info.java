/** Frequent patterns and the rules that follow from them. */
@NullMarked
package io.millrace.mllib.fpm;

import org.jspecify.annotations.NullMarked;
