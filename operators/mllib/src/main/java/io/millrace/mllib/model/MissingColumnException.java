// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.table.Schema;
import java.util.stream.Collectors;

/** A column that a stage reads is not there. The message is Spark's. */
public final class MissingColumnException extends IllegalArgumentException {

    /** The name of the class that Spark throws. */
    public static final String SPARK_CLASS = "org.apache.spark.SparkIllegalArgumentException";

    private static final long serialVersionUID = 1L;

    MissingColumnException(String column, Schema schema) {
        super("[FIELD_NOT_FOUND] No such struct field `" + column + "` in "
                + schema.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "))
                + ". SQLSTATE: 42704");
    }
}
