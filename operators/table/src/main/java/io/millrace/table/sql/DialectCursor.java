// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Goes through the words of a query text and writes others, of which it knows where they came from. */
abstract class DialectCursor {

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

    private final String source;
    private final List<Token> tokens;
    private final StringBuilder out = new StringBuilder();
    private final TreeMap<Integer, Integer> places = new TreeMap<>();

    /** The next word to read. */
    int at;

    DialectCursor(String source) {
        this.source = source;
        this.tokens = Lexer.tokens(source);
    }

    /** What was written. */
    final String text() {
        return out.toString();
    }

    /** For places in what was written, the places in the query text, up to its end. */
    final NavigableMap<Integer, Integer> places(int end) {
        places.put(out.length(), end);
        return places;
    }

    /** The word before one that was read. */
    final Token before() {
        return tokens.get(Math.max(at - 2, 0));
    }

    static boolean keyword(Token token) {
        return token.kind() == Token.Kind.WORD && KEYWORDS.contains(token.lower());
    }

    boolean operandEnds() {
        Token before = previous();
        return at > 0
                && !keyword(before)
                && (before.name()
                        || before.kind() == Token.Kind.NUMBER
                        || before.kind() == Token.Kind.STRING
                        || before.symbol(")")
                        || before.symbol("]"));
    }

    String string() {
        StringBuilder text = new StringBuilder(token(0).text());
        at++;
        while (token(0).kind() == Token.Kind.STRING) {
            text.append(token(0).text());
            at++;
        }
        return literal(text.toString());
    }

    /** The query text from one word to another. */
    String text(Token first, Token last) {
        return source.substring(first.start(), last.end());
    }

    /** The text of a type at this place. */
    String type() {
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

    boolean keep(Token token) {
        return replace(token, token.text());
    }

    boolean replace(Token token, String text) {
        at++;
        emitAt(token, text);
        return true;
    }

    void name(Token token) {
        at++;
        emitAt(token, quote(token.text()));
    }

    Token token(int offset) {
        return tokens.get(Math.min(at + offset, tokens.size() - 1));
    }

    Token previous() {
        return at == 0 ? new Token(Token.Kind.END, "", 0, 0) : tokens.get(at - 1);
    }

    void emitAt(Token token, String text) {
        places.put(out.length(), token.start());
        out.append(text).append(' ');
    }

    void emit(String text) {
        emitAt(tokens.get(Math.max(at - 1, 0)), text);
    }

    static String quote(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    void expect(boolean met, String what) {
        if (!met) {
            throw error("expected " + what, token(0));
        }
    }

    AnalysisException error(String message, Token token) {
        Position position = Lexer.position(source, token.start());
        String found = token.kind() == Token.Kind.END ? "the end" : "'" + token.text() + "'";
        return new AnalysisException(
                "PARSE_SYNTAX_ERROR", "syntax error at " + found + ": " + message, position.line(), position.column());
    }
}
