// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.ArrayList;
import java.util.List;

/** Writes calls whose arguments have words between them with commas: {@code overlay(a PLACING b FROM c)}, {@code position(a IN b)}, {@code trim(LEADING a FROM b)}. */
final class CallSyntax {

    private CallSyntax() {}

    /** The tokens of a text, with all that is written in Spark's own way and read as a call. */
    static List<Token> of(List<Token> written) {
        List<Token> tokens = GroupSyntax.of(written);
        boolean any =
                tokens.stream().anyMatch(token -> token.is("placing") || token.is("position") || token.is("trim"));
        return BitOperators.asCalls(any ? calls(tokens) : tokens);
    }

    private static List<Token> calls(List<Token> tokens) {
        List<Token> out = new ArrayList<>(tokens);
        for (int i = 0; i + 2 < out.size(); i++) {
            if (!out.get(i + 1).symbol("(")) {
                continue;
            }
            if (out.get(i).is("overlay")) {
                comma(out, i + 1, "placing");
            } else if (out.get(i).is("position")) {
                if (comma(out, i + 1, "in")) {
                    Token word = out.get(i);
                    out.set(i, new Token(word.kind(), "locate", word.start(), word.end()));
                }
            } else if (out.get(i).is("trim")) {
                trim(out, i);
            }
        }
        return out;
    }

    /** Puts a comma in place of the word that stands among the arguments themselves, not in a call among them; whether there is one. */
    private static boolean comma(List<Token> out, int open, String word) {
        int depth = 0;
        for (int i = open; i < out.size(); i++) {
            Token token = out.get(i);
            depth += token.symbol("(") ? 1 : token.symbol(")") ? -1 : 0;
            if (depth == 0) {
                return false;
            }
            if (depth == 1 && token.is(word)) {
                out.set(i, new Token(Token.Kind.SYMBOL, ",", token.start(), token.end()));
                return true;
            }
        }
        return false;
    }

    /** The side becomes another function; {@code FROM} has become a comma where there is something ahead of it. */
    private static void trim(List<Token> out, int at) {
        Token side = out.get(at + 2);
        String name = side.is("leading") ? "ltrim" : side.is("trailing") ? "rtrim" : side.is("both") ? "trim" : "";
        Token next = out.get(at + 3);
        if (name.isEmpty() || next.symbol(")") || next.symbol(",") || next.symbol(".") || next.symbol("(")) {
            return;
        }
        Token word = out.get(at);
        out.set(at, new Token(word.kind(), name, word.start(), word.end()));
        out.remove(at + 2);
        if (out.get(at + 2).is("from")) {
            out.remove(at + 2);
        }
    }
}
