/** Models that Spark MLlib trained and saved: loading them and scoring with them, without Spark. */
@NullMarked
package io.millrace.mllib;

import org.jspecify.annotations.NullMarked;
