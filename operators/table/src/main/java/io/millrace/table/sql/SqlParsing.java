// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Parses query texts with Calcite. */
final class SqlParsing {

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(SqlBabelParserImpl.FACTORY)
            .withQuoting(Quoting.BACK_TICK)
            .withQuotedCasing(Casing.UNCHANGED)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withIdentifierMaxLength(10_000)
            .withConformance(SqlConformanceEnum.BABEL);

    private SqlParsing() {}

    /** What a text says, and where its words stand. */
    record Parsed(SqlNode node, SparkDialect.Rewritten text) {}

    /**
     * A query.
     *
     * @throws AnalysisException {@code PARSE_SYNTAX_ERROR}
     */
    static Parsed query(String sql) {
        SparkDialect.Rewritten text = SparkDialect.rewrite(sql);
        try {
            return new Parsed(SqlParser.create(text.text(), CONFIG).parseQuery(), text);
        } catch (SqlParseException e) {
            throw error(text, e);
        }
    }

    /**
     * One item of a select list.
     *
     * @throws AnalysisException {@code PARSE_SYNTAX_ERROR}
     */
    static Parsed expression(String sql) {
        SparkDialect.Rewritten whole = SparkDialect.rewrite("SELECT " + sql);
        try {
            return new Parsed(SqlParser.create(whole.text(), CONFIG).parseQuery(), whole);
        } catch (SqlParseException e) {
            throw error(whole, e);
        }
    }

    private static AnalysisException error(SparkDialect.Rewritten text, SqlParseException e) {
        Position position = e.getPos() == null
                ? Position.NONE
                : text.position(e.getPos().getLineNum(), e.getPos().getColumnNum());
        String message = e.getMessage() == null ? "the text cannot be read" : e.getMessage();
        int end = message.indexOf('\n');
        String first = (end < 0 ? message : message.substring(0, end))
                .replaceFirst(" at line \\d+, column \\d+\\.?", "")
                .replace("Encountered", "syntax error at")
                .replaceFirst("\\s*Was expecting.*", "");
        return new AnalysisException("PARSE_SYNTAX_ERROR", first.strip(), position.line(), position.column());
    }
}
