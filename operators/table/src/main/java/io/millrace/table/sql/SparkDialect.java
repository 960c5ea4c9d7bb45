// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * Writes Spark's SQL in the words of Calcite's parser: every name is quoted, so that no word is reserved that is not in Spark; spellings Calcite has not become calls of functions whose names begin with two
 * underscores, which {@link AstReader} knows. Remembers where each word came from.
 */
final class SparkDialect extends DialectTables {

    private int cases;

    private SparkDialect(String source) {
        super(source);
    }

    /**
     * A text for Calcite's parser.
     *
     * @param text the text, on one line but for line ends in strings
     * @param places for places in it, the places in the query text
     * @param counts the expressions for which a question mark stands behind {@code LIMIT} and {@code OFFSET}
     */
    record Rewritten(String source, String text, NavigableMap<Integer, Integer> places, List<String> counts) {

        /** Where in the query text something stands that is in a line and column of the rewritten one. */
        Position position(int line, int column) {
            int offset = 0;
            for (int i = 1; i < line; i++) {
                offset = text.indexOf('\n', offset) + 1;
            }
            var place = places.floorEntry(offset + Math.max(column, 1) - 1);
            return Lexer.position(source, place == null ? 0 : place.getValue());
        }
    }

    /**
     * Rewrites a query or an expression.
     *
     * @throws AnalysisException {@code PARSE_SYNTAX_ERROR}
     */
    static Rewritten rewrite(String text) {
        SparkDialect dialect = new SparkDialect(text);
        while (dialect.token(0).kind() != Token.Kind.END) {
            dialect.next();
        }
        return new Rewritten(text, dialect.text(), dialect.places(text.length()), List.copyOf(dialect.counts));
    }

    @Override
    void next() {
        Token token = token(0);
        switch (token.kind()) {
            case STRING -> emit(string());
            case NUMBER -> number(token);
            case QUOTED -> name(token);
            case SYMBOL -> symbol(token);
            case WORD -> {
                if (previous().symbol(".") || !word(token)) {
                    name(token);
                }
            }
            default -> at++;
        }
    }

    private void symbol(Token token) {
        at++;
        switch (token.text()) {
            case "(" -> {
                Token before = before();
                boolean query = token(0).is("select") || token(0).is("with");
                if (before.is("cast") || before.is("try_cast")) {
                    parens.push(Paren.CAST);
                } else if (pivots == at) {
                    parens.push(Paren.PIVOT);
                } else {
                    parens.push(before.name() && !keyword(before) && !query ? Paren.CALL : Paren.PLAIN);
                }
                emitAt(token, "(");
            }
            case ")" -> {
                emitAt(token, ")");
                Paren closed = parens.isEmpty() ? Paren.PLAIN : parens.pop();
                if (closed == Paren.VIEW) {
                    viewAlias();
                } else if (closed == Paren.TABLE) {
                    emitAt(token, ")");
                }
            }
            case "==" -> emitAt(token, "=");
            case "!=" -> emitAt(token, "<>");
            case "!" -> emitAt(token, "NOT");
            case "::" -> {
                emitAt(token, "::");
                emit(quote(type()));
            }
            case "?" ->
                throw new AnalysisException(
                        "UNBOUND_SQL_PARAMETER", "`?` stands for a parameter, of which there are none here");
            case ";" -> {
                if (token(0).kind() != Token.Kind.END) {
                    throw error("there must be one statement, but more follows", token);
                }
            }
            default -> emitAt(token, token.text());
        }
    }

    /** Handles a word that is not simply a name; false if it is one. */
    private boolean word(Token token) {
        String word = token.lower();
        Token following = token(1);
        if (previous().is("as") && !(following.symbol("(") && word.equals("select"))) {
            return false;
        }
        switch (word) {
            case "left", "right", "full", "inner", "cross" -> {
                return (following.is("join") || following.is("outer") || following.is("semi") || following.is("anti"))
                        && keep(token);
            }
            case "semi", "anti" -> {
                if (following.is("join") && !previous().is("left")) {
                    emitAt(token, "LEFT");
                }
                return following.is("join") && keep(token);
            }
            case "outer" -> {
                return following.is("join") && keep(token);
            }
            case "natural" -> {
                return (following.is("join")
                                || following.is("left")
                                || following.is("right")
                                || following.is("full")
                                || following.is("inner"))
                        && keep(token);
            }
            case "first", "last" -> {
                return previous().is("nulls") && keep(token);
            }
            case "nulls" -> {
                return (following.is("first")
                                || following.is("last")
                                || previous().is("ignore")
                                || previous().is("respect"))
                        && keep(token);
            }
            case "ignore", "respect" -> {
                return following.is("nulls") && keep(token);
            }
            case "filter", "over" -> {
                boolean named = word.equals("over") && following.name();
                return (previous().symbol(")") || previous().is("nulls"))
                        && (following.symbol("(") || named)
                        && keep(token);
            }
            case "rows", "range" -> {
                return (following.is("between")
                                || following.is("unbounded")
                                || following.is("current")
                                || following.is("interval")
                                || following.kind() == Token.Kind.NUMBER)
                        && keep(token);
            }
            case "window" -> {
                return following.name() && token(2).is("as") && token(3).symbol("(") && keep(token);
            }
            case "row" -> {
                return previous().is("current") && keep(token);
            }
            case "current" -> {
                return following.is("row") && keep(token);
            }
            case "unbounded" -> {
                return (following.is("preceding") || following.is("following")) && keep(token);
            }
            case "preceding", "following" -> {
                return operandEnds() && (following.is("and") || following.symbol(")")) && keep(token);
            }
            case "values" -> {
                return following.symbol("(") && values(token);
            }
            case "minus" -> {
                return (following.is("select") || following.is("all")) && replace(token, "EXCEPT");
            }
            case "grouping" -> {
                return following.is("sets") && keep(token);
            }
            case "sets" -> {
                return previous().is("grouping") && keep(token);
            }
            case "rollup", "cube" -> {
                return (previous().is("by")
                                || previous().symbol(",")
                                || previous().symbol("("))
                        && following.symbol("(")
                        && keep(token);
            }
            case "end" -> {
                if (cases == 0) {
                    return false;
                }
                cases--;
                return keep(token);
            }
            case "case" -> {
                cases++;
                return keep(token);
            }
            case "exists" -> {
                return following.symbol("(") && (token(2).is("select") || token(2).is("with")) && keep(token);
            }
            case "div" -> {
                return operandEnds() && replace(token, "/ `__div` *");
            }
            case "as" -> {
                return as(token);
            }
            case "all" -> {
                boolean pattern = previous().is("like") || previous().is("ilike");
                return !pattern && (previous().is("by") ? replace(token, quote(GroupReader.ALL)) : keep(token));
            }
            case "from", "for" -> {
                if (!parens.isEmpty() && parens.peek() == Paren.CALL) {
                    return replace(token, ",");
                }
                if (!parens.isEmpty() && parens.peek() == Paren.PIVOT && word.equals("for")) {
                    return keep(token);
                }
                boolean compared = previous().is("distinct") && token(-2).is("is");
                compared |= previous().is("distinct")
                        && token(-2).is("not")
                        && token(-3).is("is");
                return word.equals("from") && (compared ? keep(token) : table(token));
            }
            case "year", "month", "day", "hour", "minute", "second", "week", "quarter", "dow", "doy" -> {
                boolean part = following.is("from") && previous().symbol("(");
                return part && replace(token, literal(token.text()));
            }
            case "interval" -> {
                return interval(token);
            }
            case "date", "timestamp", "timestamp_ntz", "timestamp_ltz", "x" -> {
                if (following.kind() != Token.Kind.STRING) {
                    return false;
                }
                at++;
                emitAt(token, "`__typed`('" + word + "'," + string() + ")");
                return true;
            }
            case "current_timestamp", "current_date", "now" -> {
                return !following.symbol("(") && !word.equals("now") && replace(token, "`" + word + "`()");
            }
            case "lateral" -> {
                return following.is("view") ? view(token) : table(token);
            }
            case "join" -> {
                return table(token);
            }
            case "within" -> {
                return following.is("group") && previous().symbol(")") && keep(token);
            }
            case "regexp" -> {
                boolean operator = operandEnds() || (previous().is("not") && !following.symbol("("));
                return operator && replace(token, "RLIKE");
            }
            case "pivot", "unpivot" -> {
                return pivot(token);
            }
            case "tablesample" -> {
                return sample(token);
            }
            case "sort", "cluster", "distribute" -> {
                return organisation(token);
            }
            case "limit" -> {
                boolean name = previous().is("select")
                        || previous().symbol(",")
                        || previous().symbol(".");
                return !name && (count(token) || keep(token));
            }
            case "partition", "offset" -> {
                if (word.equals("offset") && operandEnds() && count(token)) {
                    return true;
                }
                return (following.is("by") || following.kind() == Token.Kind.NUMBER) && keep(token);
            }
            case "watermark" -> {
                return watermark(token);
            }
            default -> {
                return fixed(token);
            }
        }
    }

    /** A word behind which a table stands. */
    private boolean table(Token token) {
        keep(token);
        tableFunction();
        return true;
    }

    /** The names that stand in one alias for several. */
    static List<String> names(String alias) {
        return new ArrayList<>(List.of(alias.split("\u0001", -1)));
    }
}
