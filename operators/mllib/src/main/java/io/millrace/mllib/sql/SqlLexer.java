// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import java.util.ArrayList;
import java.util.List;

/** Cuts a SQL statement into words, numbers, texts and signs. */
final class SqlLexer {

    enum Kind {
        /** A name or key word. */
        WORD,
        /** A name between backquotes. */
        QUOTED,
        TEXT,
        NUMBER,
        SIGN,
        END
    }

    /** A piece of a statement; {@code text} of a TEXT or QUOTED is what is between the quotes. */
    record Token(Kind kind, String text, int position) {

        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
        }
    }

    private static final List<String> SIGNS = List.of(
            "<=>", "<=", ">=", "<>", "!=", "==", "||", "::", "->", "(", ")", ",", ".", "*", "/", "%", "+", "-", "<",
            ">", "=", "!", "~", "&", "|", "^", "[", "]", ";", ":", "?");

    private final String sql;
    private int at;

    private SqlLexer(String sql) {
        this.sql = sql;
    }

    /** The tokens of a statement, END at the end. */
    static List<Token> tokens(String sql) {
        SqlLexer lexer = new SqlLexer(sql);
        List<Token> tokens = new ArrayList<>();
        for (Token token = lexer.next(); ; token = lexer.next()) {
            tokens.add(token);
            if (token.kind == Kind.END) {
                return tokens;
            }
        }
    }

    private Token next() {
        skip();
        if (at >= sql.length()) {
            return new Token(Kind.END, "the end", at);
        }
        int start = at;
        char c = sql.charAt(at);
        if (c == '\'' || c == '"') {
            return new Token(Kind.TEXT, text(c), start);
        }
        if (c == '`') {
            return new Token(Kind.QUOTED, quoted(), start);
        }
        if (Character.isDigit(c) || (c == '.' && at + 1 < sql.length() && Character.isDigit(sql.charAt(at + 1)))) {
            return number(start);
        }
        if (Character.isLetter(c) || c == '_') {
            while (at < sql.length() && isWord(sql.charAt(at))) {
                at++;
            }
            return new Token(Kind.WORD, sql.substring(start, at), start);
        }
        for (String sign : SIGNS) {
            if (sql.startsWith(sign, at)) {
                at += sign.length();
                return new Token(Kind.SIGN, sign, start);
            }
        }
        throw new SqlException("the sign " + c, start);
    }

    private void skip() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                int end = sql.indexOf('\n', at);
                at = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", at)) {
                int end = sql.indexOf("*/", at + 2);
                if (sql.startsWith("/*+", at) || end < 0) {
                    throw new SqlException(end < 0 ? "a comment without end" : "a hint", at);
                }
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private Token number(int start) {
        while (at < sql.length()) {
            char c = sql.charAt(at);
            boolean sign = (c == '+' || c == '-') && (sql.charAt(at - 1) == 'e' || sql.charAt(at - 1) == 'E');
            if (!isWord(c) && c != '.' && !sign) {
                break;
            }
            at++;
        }
        return new Token(Kind.NUMBER, sql.substring(start, at), start);
    }

    private String quoted() {
        StringBuilder name = new StringBuilder();
        for (int i = at + 1; i < sql.length(); i++) {
            if (sql.charAt(i) != '`') {
                name.append(sql.charAt(i));
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == '`') {
                name.append('`');
                i++;
            } else {
                at = i + 1;
                return name.toString();
            }
        }
        throw new SqlException("a name without closing `", at);
    }

    private String text(char quote) {
        int start = at;
        StringBuilder text = new StringBuilder();
        for (int i = at + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\\' && i + 1 < sql.length()) {
                i = escape(i + 1, text);
            } else if (c != quote) {
                text.append(c);
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                text.append(quote);
                i++;
            } else {
                at = i + 1;
                return text.toString();
            }
        }
        throw new SqlException("a text without closing " + quote, start);
    }

    /** Adds what the escape with the letter at {@code i} stands for; gives the place of its last letter. */
    private int escape(int i, StringBuilder text) {
        char c = sql.charAt(i);
        switch (c) {
            case 'n' -> text.append('\n');
            case 't' -> text.append('\t');
            case 'r' -> text.append('\r');
            case 'b' -> text.append('\b');
            case '0' -> text.append('\0');
            case 'Z' -> text.append('\u001a');
            // these two keep their backslash, for LIKE
            case '%', '_' -> text.append('\\').append(c);
            case 'u' -> {
                if (i + 4 >= sql.length()) {
                    throw new SqlException("the escape \\u", i);
                }
                text.append((char) Integer.parseInt(sql, i + 1, i + 5, 16));
                return i + 4;
            }
            default -> text.append(c);
        }
        return i;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
