// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.ArrayList;
import java.util.List;

/** Writes sets of keys that stand behind the keys as calls: {@code a, b WITH ROLLUP} as {@code ROLLUP(a, b)}, {@code a, b GROUPING SETS (…)} as {@code GROUPING SETS (…)}. */
final class GroupSyntax {

    private GroupSyntax() {}

    static List<Token> of(List<Token> tokens) {
        List<Token> out = tokens;
        for (int i = 0; i + 1 < out.size(); i++) {
            Token token = out.get(i);
            Token next = out.get(i + 1);
            boolean with = token.is("with") && (next.is("rollup") || next.is("cube"));
            boolean sets = token.is("grouping") && next.is("sets");
            int by = with || sets ? by(out, i) : -1;
            if (by >= 0 && by + 1 < i) {
                List<Token> changed = new ArrayList<>(out.subList(0, by + 1));
                if (with) {
                    changed.add(next);
                    changed.add(symbol("(", token));
                    changed.addAll(out.subList(by + 1, i));
                    changed.add(symbol(")", token));
                    changed.addAll(out.subList(i + 2, out.size()));
                } else {
                    changed.addAll(out.subList(i, out.size()));
                }
                out = changed;
            }
        }
        return out;
    }

    private static Token symbol(String sign, Token at) {
        return new Token(Token.Kind.SYMBOL, sign, at.start(), at.end());
    }

    /** The place of the {@code BY} whose keys end here; -1 if they are not keys, or a comma stands before. */
    private static int by(List<Token> tokens, int end) {
        if (end > 0 && tokens.get(end - 1).symbol(",")) {
            return -1;
        }
        int depth = 0;
        for (int i = end - 1; i > 0; i--) {
            Token token = tokens.get(i);
            depth += token.symbol(")") ? 1 : token.symbol("(") ? -1 : 0;
            if (depth < 0 || (depth == 0 && token.is("select"))) {
                return -1;
            }
            if (depth == 0 && token.is("by")) {
                return tokens.get(i - 1).is("group") ? i : -1;
            }
        }
        return -1;
    }
}
