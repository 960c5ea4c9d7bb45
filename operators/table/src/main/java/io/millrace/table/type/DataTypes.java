// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

/** Reads types as Spark writes them in DDL. */
public final class DataTypes {

    private DataTypes() {}

    /**
     * A type from its name, such as {@code array<struct<a:int,b:decimal(10,2)>>}.
     *
     * @throws io.millrace.table.AnalysisException ({@code PARSE_SYNTAX_ERROR} or {@code UNSUPPORTED_DATATYPE}) if the text is no type
     */
    public static DataType parse(String text) {
        TypeText in = new TypeText(text);
        DataType type = in.type();
        in.end();
        return type;
    }

    /**
     * A schema, such as {@code word STRING, n BIGINT NOT NULL}.
     *
     * @throws io.millrace.table.AnalysisException as {@link #parse}
     */
    public static Schema parseSchema(String text) {
        TypeText in = new TypeText(text);
        Schema schema = new Schema(in.fields(false));
        in.end();
        return schema;
    }
}
