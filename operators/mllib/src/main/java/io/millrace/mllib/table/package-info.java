/** Tables of named columns, which pipelines read and write: schema, fields, rows. */
@NullMarked
package io.millrace.mllib.table;

import org.jspecify.annotations.NullMarked;
