// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.table.Schema;
import java.util.stream.Collectors;

/** A column that a stage reads is not there. The message is Spark's. */
public final class MissingColumnException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String sparkClass;

    private MissingColumnException(String sparkClass, String message) {
        super(message);
        this.sparkClass = sparkClass;
    }

    /** What stages throw that look at the schema first. */
    static MissingColumnException inSchema(String column, Schema schema) {
        return new MissingColumnException(
                "org.apache.spark.SparkIllegalArgumentException",
                "[FIELD_NOT_FOUND] No such struct field `" + column + "` in " + names(schema) + ". SQLSTATE: 42704");
    }

    /** What stages throw that leave it to Spark SQL to find the column. */
    static MissingColumnException unresolved(String column, Schema schema) {
        String suggestion = schema.size() == 0
                ? "[UNRESOLVED_COLUMN.WITHOUT_SUGGESTION] A column, variable, or function parameter with name `"
                        + column + "` cannot be resolved."
                : "[UNRESOLVED_COLUMN.WITH_SUGGESTION] A column, variable, or function parameter with name `" + column
                        + "` cannot be resolved. Did you mean one of the following? [" + names(schema) + "].";
        return new MissingColumnException("org.apache.spark.sql.AnalysisException", suggestion + " SQLSTATE: 42703");
    }

    private static String names(Schema schema) {
        return schema.names().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    /** The name of the class that Spark throws. */
    public String sparkClass() {
        return sparkClass;
    }
}
