/** Models that Spark saved, rows to score, and what Spark answered, run against this module. */
@NullUnmarked
package io.millrace.mllib.cases;

import org.jspecify.annotations.NullUnmarked;
