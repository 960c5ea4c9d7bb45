// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Writes phrases of several words that the parser does not know in ones that it knows. */
abstract class DialectPhrases extends DialectCursor {

    enum Paren {
        PLAIN,
        CALL,
        CAST,
        VIEW,
        TABLE,
        PIVOT
    }

    /** The parentheses that are open. */
    final Deque<Paren> parens = new ArrayDeque<>();

    DialectPhrases(String source) {
        super(source);
    }

    /** Reads and writes one word or phrase. */
    abstract void next();

    boolean as(Token token) {
        Paren inner = parens.peek();
        if (inner == Paren.CAST) {
            at++;
            emitAt(token, "AS");
            emit(quote(type()));
            return true;
        }
        if (inner == Paren.CALL || inner == Paren.VIEW || inner == Paren.TABLE) {
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

    /** A word that is a keyword wherever it stands, or after the word before it. */
    boolean fixed(Token token) {
        boolean unknown = token.is("unknown")
                && (previous().is("is") || (previous().is("not") && token(-2).is("is")));
        return unknown ? replace(token, "NULL") : keyword(token) && keep(token);
    }

    /** {@code VALUES} in {@code FROM} is put into parentheses. */
    boolean values(Token token) {
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

    boolean interval(Token token) {
        int mark = at;
        int i = 1;
        StringBuilder text = new StringBuilder();
        boolean months = false;
        boolean days = true;
        while (true) {
            boolean signed = token(i).symbol("-") || token(i).symbol("+");
            String sign = token(i).symbol("-") ? "-" : "";
            int first = signed ? i + 1 : i;
            Token value = token(first);
            Token unit = token(first + 1);
            boolean number = value.kind() == Token.Kind.NUMBER || value.kind() == Token.Kind.STRING;
            if (!number
                    || unit.kind() != Token.Kind.WORD
                    || !(Intervals.unit(unit.text()) || Intervals.monthUnit(unit.text()))) {
                break;
            }
            if (token(first + 2).is("to") && token(first + 3).kind() == Token.Kind.WORD) {
                at += first + 4;
                emitAt(
                        token,
                        "`__interval`(" + literal(sign + value.text()) + "," + literal(unit.lower()) + ","
                                + literal(token(-1).lower()) + ")");
                return true;
            }
            days &= unit.text().toLowerCase(Locale.ROOT).matches("(day|week)s?");
            months |= Intervals.monthUnit(unit.text());
            text.append(text.length() == 0 ? "" : " ")
                    .append(sign)
                    .append(value.text().strip())
                    .append(' ')
                    .append(unit.lower());
            i = first + 2;
        }
        if (text.length() == 0 && token(1).kind() == Token.Kind.STRING) {
            text.append(token(1).text());
            days = false;
            i = 2;
            months = monthsOnly(token(1).text());
        }
        if (text.length() == 0) {
            at = mark;
            return false;
        }
        at += i;
        String call = (months ? "`__months`(" : days ? "`__days`(" : "`__interval`(") + literal(text.toString()) + ")";
        // as a bound of a frame the parser takes a call only in parentheses
        boolean bound = token(0).is("preceding") || token(0).is("following");
        emitAt(token, bound ? "(" + call + ")" : call);
        return true;
    }

    private static boolean monthsOnly(String text) {
        String[] words = text.strip().split("\\s+", -1);
        boolean only = words.length % 2 == 0;
        for (int i = 1; i < words.length; i += 2) {
            only &= Intervals.monthUnit(words[i]);
        }
        return only;
    }

    void number(Token token) {
        at++;
        String text = token.text();
        boolean plain = text.matches("[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?");
        emitAt(token, plain ? text : "`__number`(" + literal(text.toUpperCase(Locale.ROOT)) + ")");
    }
}
