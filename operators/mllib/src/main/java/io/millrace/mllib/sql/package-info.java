/** A subset of Spark SQL over single rows: parser, typed expressions with ANSI semantics, casts, functions. */
@NullMarked
package io.millrace.mllib.sql;

import org.jspecify.annotations.NullMarked;
