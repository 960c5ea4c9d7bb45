/** What a column's {@code ml_attr} metadata says of it: names, nominal values, number of attributes. */
@NullMarked
package io.millrace.mllib.attribute;

import org.jspecify.annotations.NullMarked;
