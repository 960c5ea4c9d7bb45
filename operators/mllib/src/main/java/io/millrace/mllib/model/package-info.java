/** What a family of models implements: stages over rows, parameters, typed scoring. */
@NullMarked
package io.millrace.mllib.model;

import org.jspecify.annotations.NullMarked;
