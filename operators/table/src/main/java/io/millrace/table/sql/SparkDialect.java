// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes Spark's SQL in the words of Calcite's parser: every name is quoted, so that no word is reserved that is not in Spark; spellings Calcite has not become calls of functions whose names begin with two
 * underscores, which {@link AstReader} knows. Remembers where each word came from.
 */
final class SparkDialect {

    private static final Set<String> KEYWORDS = Set.of(
            "select",
            "from",
            "where",
            "group",
            "by",
            "having",
            "order",
            "limit",
            "as",
            "and",
            "or",
            "not",
            "in",
            "is",
            "null",
            "like",
            "rlike",
            "ilike",
            "between",
            "case",
            "when",
            "then",
            "else",
            "cast",
            "try_cast",
            "join",
            "on",
            "using",
            "union",
            "intersect",
            "except",
            "all",
            "distinct",
            "with",
            "recursive",
            "true",
            "false",
            "escape",
            "asc",
            "desc",
            "table",
            "lateral",
            "qualify",
            "descriptor",
            "exists");

    private enum Paren {
        PLAIN,
        CALL,
        CAST,
        VIEW
    }

    private final String source;
    private final List<Token> tokens;
    private final StringBuilder out = new StringBuilder();
    private final TreeMap<Integer, Integer> places = new TreeMap<>();
    private final Deque<Paren> parens = new ArrayDeque<>();
    private int cases;
    private int views;
    private int at;

    private SparkDialect(String source) {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    /**
     * A text for Calcite's parser.
     *
     * @param text the text, on one line but for line ends in strings
     * @param places for places in it, the places in the query text
     */
    record Rewritten(String source, String text, TreeMap<Integer, Integer> places) {
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
        dialect.places.put(dialect.out.length(), text.length());
        return new Rewritten(text, dialect.out.toString(), dialect.places);
    }

    private void next() {
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
                Token before = tokens.get(Math.max(at - 2, 0));
                boolean query = token(0).is("select") || token(0).is("with");
                if (before.is("cast") || before.is("try_cast")) {
                    parens.push(Paren.CAST);
                } else {
                    parens.push(before.name() && !keyword(before) && !query ? Paren.CALL : Paren.PLAIN);
                }
                emitAt(token, "(");
            }
            case ")" -> {
                emitAt(token, ")");
                if (!parens.isEmpty() && parens.pop() == Paren.VIEW) {
                    viewAlias();
                }
            }
            case "==" -> emitAt(token, "=");
            case "!=" -> emitAt(token, "<>");
            case "!" -> emitAt(token, "NOT");
            case "::" -> {
                emitAt(token, "::");
                emit(quote(type()));
            }
            case ";" -> {
                if (token(0).kind() != Token.Kind.END) {
                    throw error("there must be one statement, but more follows", token);
                }
            }
            default -> emitAt(token, token.text());
        }
    }

    private static boolean keyword(Token token) {
        return token.kind() == Token.Kind.WORD && KEYWORDS.contains(token.lower());
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
                return previous().symbol(")") && following.symbol("(") && keep(token);
            }
            case "rows", "range" -> {
                return (following.is("between") || following.is("unbounded") || following.is("current")) && keep(token);
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
                return (previous().is("unbounded")
                                || previous().is("row")
                                || previous().kind() == Token.Kind.NUMBER)
                        && keep(token);
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
                return (previous().is("by") || previous().symbol(",")) && following.symbol("(") && keep(token);
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
                return previous().is("by") ? replace(token, "`__all`") : keep(token);
            }
            case "from", "for" -> {
                if (!parens.isEmpty() && parens.peek() == Paren.CALL) {
                    return replace(token, ",");
                }
                return word.equals("from") && keep(token);
            }
            case "year", "month", "day", "hour", "minute", "second", "week", "quarter", "dow", "doy" -> {
                boolean part = following.is("from") && previous().symbol("(");
                return part && replace(token, "'" + word + "'");
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
                return following.is("view") ? view(token) : keep(token);
            }
            case "partition", "offset" -> {
                return (following.is("by") || following.kind() == Token.Kind.NUMBER) && keep(token);
            }
            case "watermark" -> {
                return watermark(token);
            }
            default -> {
                return KEYWORDS.contains(word) && keep(token);
            }
        }
    }

    private boolean as(Token token) {
        Paren inner = parens.peek();
        if (inner == Paren.CAST) {
            at++;
            emitAt(token, "AS");
            emit(quote(type()));
            return true;
        }
        if (inner == Paren.CALL || inner == Paren.VIEW) {
            return replace(token, "OR `__as` OR");
        }
        if (token(1).symbol("(") && token(2).name() && (token(3).symbol(",") || token(3).symbol(")"))) {
            // several names for what a generator gives
            at += 2;
            StringBuilder names = new StringBuilder();
            while (!token(0).symbol(")")) {
                expect(token(0).name(), "a name");
                names.append(names.length() == 0 ? "" : "\u0001").append(token(0).text());
                at++;
                if (token(0).symbol(",")) {
                    at++;
                }
            }
            at++;
            emitAt(token, "AS " + quote(names.toString()));
            return true;
        }
        return keep(token);
    }

    private boolean operandEnds() {
        Token before = previous();
        return at > 0
                && !keyword(before)
                && (before.name()
                        || before.kind() == Token.Kind.NUMBER
                        || before.kind() == Token.Kind.STRING
                        || before.symbol(")")
                        || before.symbol("]"));
    }

    /** {@code VALUES} in {@code FROM} is put into parentheses. */
    private boolean values(Token token) {
        if (!previous().is("from") && !previous().is("join")) {
            return keep(token);
        }
        at++;
        emitAt(token, "(VALUES");
        do {
            int depth = 0;
            do {
                depth += token(0).symbol("(") ? 1 : token(0).symbol(")") ? -1 : 0;
                expect(token(0).kind() != Token.Kind.END, "`)`");
                next();
            } while (depth > 0);
            if (!token(0).symbol(",")) {
                break;
            }
            next();
        } while (true);
        emit(")");
        return true;
    }

    private boolean interval(Token token) {
        int mark = at;
        int i = 1;
        StringBuilder text = new StringBuilder();
        boolean months = false;
        while (true) {
            String sign = "";
            if (token(i).symbol("-") || token(i).symbol("+")) {
                sign = token(i).symbol("-") ? "-" : "";
                i++;
            }
            Token value = token(i);
            Token unit = token(i + 1);
            boolean number = value.kind() == Token.Kind.NUMBER || value.kind() == Token.Kind.STRING;
            if (!number
                    || unit.kind() != Token.Kind.WORD
                    || !(Intervals.unit(unit.text()) || Intervals.monthUnit(unit.text()))) {
                break;
            }
            if (token(i + 2).is("to") && token(i + 3).kind() == Token.Kind.WORD) {
                at += i + 4;
                emitAt(
                        token,
                        "`__interval`(" + literal(sign + value.text()) + "," + literal(unit.lower()) + ","
                                + literal(token(-1).lower()) + ")");
                return true;
            }
            months |= Intervals.monthUnit(unit.text());
            text.append(text.length() == 0 ? "" : " ")
                    .append(sign)
                    .append(value.text().strip())
                    .append(' ')
                    .append(unit.lower());
            i += 2;
        }
        if (text.length() == 0 && token(1).kind() == Token.Kind.STRING) {
            text.append(token(1).text());
            i = 2;
        }
        if (text.length() == 0) {
            at = mark;
            return false;
        }
        at += i;
        emitAt(token, (months ? "`__months`(" : "`__interval`(") + literal(text.toString()) + ")");
        return true;
    }

    /** {@code LATERAL VIEW [OUTER] f(x) t AS a, b} becomes a join with a table function. */
    private boolean view(Token token) {
        at += 2;
        boolean outer = token(0).is("outer") && !token(1).symbol("(");
        if (outer) {
            at++;
        }
        expect(token(0).name() && token(1).symbol("("), "a call of a generator such as explode");
        emitAt(token, "CROSS JOIN LATERAL TABLE(");
        emitAt(token(0), quote((outer ? "__outer:" : "") + token(0).text()) + "(");
        at += 2;
        parens.push(Paren.VIEW);
        return true;
    }

    private void viewAlias() {
        emit(")");
        String table = "__view" + views++;
        if (token(0).kind() == Token.Kind.QUOTED || (token(0).kind() == Token.Kind.WORD && !endsView(token(0)))) {
            table = token(0).text();
            at++;
        }
        emit("AS " + quote(table));
        if (token(0).is("as")) {
            StringBuilder names = new StringBuilder();
            do {
                at++;
                expect(token(0).name(), "a name");
                names.append(names.length() == 0 ? "" : ",").append(quote(token(0).text()));
                at++;
            } while (token(0).symbol(","));
            emit("(" + names + ")");
        }
    }

    private static boolean endsView(Token token) {
        return keyword(token)
                || Set.of("lateral", "left", "right", "full", "inner", "cross", "natural", "semi", "anti")
                        .contains(token.lower());
    }

    /** {@code t WATERMARK c DELAY OF INTERVAL …}: the sample of Calcite's grammar carries it. */
    private boolean watermark(Token token) {
        int i = 1;
        while (token(i).name() && token(i + 1).symbol(".")) {
            i += 2;
        }
        if (!token(i).name() || !token(i + 1).is("delay") || !token(i + 2).is("of")) {
            return false;
        }
        StringBuilder column = new StringBuilder();
        for (int k = 1; k <= i; k++) {
            column.append(token(k).symbol(".") ? "." : quote(token(k).text()));
        }
        at += i + 3;
        StringBuilder delay = new StringBuilder();
        if (token(0).is("interval")) {
            at++;
        }
        while (token(0).kind() == Token.Kind.NUMBER
                || token(0).kind() == Token.Kind.STRING
                || token(0).symbol("-")
                || (token(0).kind() == Token.Kind.WORD && Intervals.unit(token(0).text()))) {
            boolean negative = token(0).symbol("-");
            delay.append(token(0).text()).append(negative ? "" : " ");
            at++;
        }
        expect(delay.length() > 0, "INTERVAL and a length of time");
        if (token(0).is("as")) {
            next();
            next();
        } else if (token(0).name() && !endsView(token(0))) {
            next();
        }
        emitAt(
                token,
                "TABLESAMPLE SUBSTITUTE("
                        + literal(column + "\u0001" + delay.toString().strip()) + ")");
        return true;
    }

    private void number(Token token) {
        at++;
        String text = token.text();
        boolean plain = text.matches("[0-9.]+([eE][-+]?[0-9]+)?");
        emitAt(token, plain ? text : "`__number`(" + literal(text.toUpperCase(Locale.ROOT)) + ")");
    }

    private String string() {
        StringBuilder text = new StringBuilder(token(0).text());
        at++;
        while (token(0).kind() == Token.Kind.STRING) {
            text.append(token(0).text());
            at++;
        }
        return literal(text.toString());
    }

    /** The text of a type at this place. */
    private String type() {
        int from = at;
        expect(token(0).name(), "a type");
        at++;
        if (token(0).symbol("<") || token(0).symbol("(")) {
            int depth = 0;
            do {
                Token token = token(0);
                expect(token.kind() != Token.Kind.END, "the end of the type");
                depth += switch (token.kind() == Token.Kind.SYMBOL ? token.text() : "") {
                    case "<", "(" -> 1;
                    case ">", ")" -> -1;
                    case ">>" -> -2;
                    case "<>" -> 0;
                    default -> 0;
                };
                at++;
            } while (depth > 0);
        }
        return source.substring(tokens.get(from).start(), tokens.get(at - 1).end());
    }

    private boolean keep(Token token) {
        return replace(token, token.text());
    }

    private boolean replace(Token token, String text) {
        at++;
        emitAt(token, text);
        return true;
    }

    private void name(Token token) {
        at++;
        emitAt(token, quote(token.text()));
    }

    private Token token(int offset) {
        return tokens.get(Math.min(at + offset, tokens.size() - 1));
    }

    private Token previous() {
        return at == 0 ? new Token(Token.Kind.END, "", 0, 0) : tokens.get(at - 1);
    }

    private void emitAt(Token token, String text) {
        places.put(out.length(), token.start());
        out.append(text).append(' ');
    }

    private void emit(String text) {
        emitAt(tokens.get(Math.max(at - 1, 0)), text);
    }

    private static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private void expect(boolean met, String what) {
        if (!met) {
            throw error("expected " + what, token(0));
        }
    }

    private AnalysisException error(String message, Token token) {
        Position position = Lexer.position(source, token.start());
        String found = token.kind() == Token.Kind.END ? "the end" : "'" + token.text() + "'";
        return new AnalysisException(
                "PARSE_SYNTAX_ERROR", "syntax error at " + found + ": " + message, position.line(), position.column());
    }

    /** The names that stand in one alias for several. */
    static List<String> names(String alias) {
        return new ArrayList<>(List.of(alias.split("\u0001", -1)));
    }
}
