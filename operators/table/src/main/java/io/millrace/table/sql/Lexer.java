// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import java.util.ArrayList;
import java.util.List;

/** Cuts a query text into tokens, as Spark SQL does: backticks quote names, both other quotes strings, a backslash escapes. */
final class Lexer {

    private static final List<String> SYMBOLS =
            List.of("<=>", "->", "=>", "::", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /**
     * The tokens; the last is {@link Token.Kind#END}.
     *
     * @throws AnalysisException {@code PARSE_SYNTAX_ERROR} if a quote or comment has no end, or a character has no meaning
     */
    static List<Token> tokens(String text) {
        Lexer lexer = new Lexer(text);
        while (lexer.next()) {
            // next() adds the token
        }
        lexer.tokens.add(new Token(Token.Kind.END, "", text.length(), text.length()));
        return CallSyntax.of(lexer.tokens);
    }

    /** The line and column of a place in a text. */
    static Position position(String text, int offset) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < Math.min(offset, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Position(line, offset - lineStart + 1);
    }

    private boolean next() {
        skipBlanks();
        if (at >= text.length()) {
            return false;
        }
        int start = at;
        char c = text.charAt(at);
        if (Character.isDigit(c) || (c == '.' && digitAt(at + 1) && !afterName())) {
            number(start);
        } else if (Character.isLetter(c) || c == '_') {
            if ((c == 'r' || c == 'R')
                    && at + 1 < text.length()
                    && (text.charAt(at + 1) == '\'' || text.charAt(at + 1) == '"')) {
                rawString(start);
            } else {
                word(start);
            }
        } else if (c == '\'' || c == '"') {
            string(start, c);
        } else if (c == '`') {
            quoted(start);
        } else {
            symbol(start);
        }
        return true;
    }

    private boolean afterName() {
        if (tokens.isEmpty()) {
            return false;
        }
        Token last = tokens.get(tokens.size() - 1);
        return last.end() == at && (last.name() || last.symbol(")") || last.symbol("]"));
    }

    private boolean digitAt(int index) {
        return index < text.length() && Character.isDigit(text.charAt(index));
    }

    private void skipBlanks() {
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else if (text.startsWith("--", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw error("the comment has no end", at);
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private void number(int start) {
        while (digitAt(at)) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '.' && !text.startsWith("..", at)) {
            at++;
            while (digitAt(at)) {
                at++;
            }
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && (text.charAt(at + 1) == '-' || text.charAt(at + 1) == '+') ? 2 : 1;
            if (digitAt(at + sign)) {
                at += sign;
                while (digitAt(at)) {
                    at++;
                }
            }
        }
        while (at < text.length() && Character.isLetter(text.charAt(at))) {
            at++;
        }
        add(Token.Kind.NUMBER, text.substring(start, at), start);
    }

    private void word(int start) {
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        add(Token.Kind.WORD, text.substring(start, at), start);
    }

    private void quoted(int start) {
        StringBuilder name = new StringBuilder();
        at++;
        while (true) {
            if (at >= text.length()) {
                throw error("the quoted name has no end", start);
            }
            char c = text.charAt(at++);
            if (c != '`') {
                name.append(c);
            } else if (at < text.length() && text.charAt(at) == '`') {
                name.append('`');
                at++;
            } else {
                break;
            }
        }
        add(Token.Kind.QUOTED, name.toString(), start);
    }

    private void rawString(int start) {
        char quote = text.charAt(at + 1);
        int end = text.indexOf(quote, at + 2);
        if (end < 0) {
            throw error("the string has no end", start);
        }
        at = end + 1;
        add(Token.Kind.STRING, text.substring(start + 2, end), start);
    }

    private void string(int start, char quote) {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            if (at >= text.length()) {
                throw error("the string has no end", start);
            }
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escape(value);
            } else if (c != quote) {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                value.append(quote);
                at++;
            } else {
                break;
            }
        }
        add(Token.Kind.STRING, value.toString(), start);
    }

    private void escape(StringBuilder value) {
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'r' -> value.append('\r');
            case 'b' -> value.append('\b');
            case '0' -> value.append('\0');
            case 'Z' -> value.append('\u001a');
            case '%', '_' -> value.append('\\').append(c);
            case 'u' -> {
                if (at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    value.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
                    at += 4;
                } else {
                    value.append('u');
                }
            }
            default -> value.append(c);
        }
    }

    private void symbol(int start) {
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                at += symbol.length();
                add(Token.Kind.SYMBOL, symbol, start);
                return;
            }
        }
        if ("()[],.;+-*/%=<>!&|^~:?@".indexOf(text.charAt(at)) < 0) {
            throw error("'" + text.charAt(at) + "' has no meaning here", at);
        }
        at++;
        add(Token.Kind.SYMBOL, text.substring(start, at), start);
    }

    private void add(Token.Kind kind, String value, int start) {
        tokens.add(new Token(kind, value, start, at));
    }

    private AnalysisException error(String message, int offset) {
        Position position = position(text, offset);
        return new AnalysisException("PARSE_SYNTAX_ERROR", message, position.line(), position.column());
    }
}
