// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

/**
 * A query that cannot be run, found before anything runs: a name that is not there, types that do not fit, a combination that a stream
 * does not allow.
 */
public final class AnalysisException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String condition;
    private final int line;
    private final int column;

    /**
     * An error without a place in a text.
     *
     * @param condition Spark's name for the error, such as {@code UNRESOLVED_COLUMN.WITH_SUGGESTION}
     * @param message what is wrong and what would be right
     */
    public AnalysisException(String condition, String message) {
        this(condition, message, 0, 0);
    }

    /** An error at a place, both counted from 1; 0 if there is none. */
    public AnalysisException(String condition, String message, int line, int column) {
        super(line > 0 ? message + " (line " + line + ", column " + column + ")" : message);
        this.condition = condition;
        this.line = line;
        this.column = column;
    }

    /** Spark's name for the error. */
    public String condition() {
        return condition;
    }

    /** The line of the query text, from 1; 0 if there is no text. */
    public int line() {
        return line;
    }

    /** The column of the query text, from 1; 0 if there is no text. */
    public int column() {
        return column;
    }
}
