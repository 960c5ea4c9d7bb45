// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Writes the operators {@code ~ << >> >>> & ^ |}, most of which Calcite's parser has not, as calls of functions of these names. They bind looser than
 * {@code + - ||} and tighter than comparisons, in this order; only {@code ~} binds like a sign.
 */
final class BitOperators {

    /** From the loosest on. */
    private static final List<Set<String>> LEVELS =
            List.of(Set.of("|"), Set.of("^"), Set.of("&"), Set.of("<<", ">>", ">>>"));

    private static final Set<String> COMPARISONS =
            Set.of(",", ";", "=", "==", "<=>", "<", "<=", ">", ">=", "<>", "!=", "!", "->", "=>");

    /** Words that stand in no operand. */
    private static final Set<String> WORDS = Set.of(
            ("select distinct all where and or not on using having by when then else in like rlike ilike regexp between is as "
                            + "from for group order limit offset union except intersect asc desc nulls escape join with values table "
                            + "lateral qualify window partition cross inner full natural semi anti end sets cluster distribute sort placing")
                    .split(" ", -1));

    private static final Set<String> COLLECTIONS = Set.of("array", "map", "struct");

    private BitOperators() {}

    /** Tokens without these operators; the very same if there are none. */
    static List<Token> asCalls(List<Token> tokens) {
        boolean any = tokens.stream().anyMatch(BitOperators::isSign);
        return any ? part(joined(tokens)) : tokens;
    }

    private static boolean isSign(Token token) {
        return token.symbol("~")
                || LEVELS.stream().anyMatch(level -> level.stream().anyMatch(token::symbol));
    }

    /** With {@code >>>} as one token, and {@code >>} at the end of a type as two. */
    private static List<Token> joined(List<Token> tokens) {
        List<Token> joined = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (!token.symbol(">>")) {
                joined.add(token);
            } else if (endsType(joined)) {
                joined.add(new Token(Token.Kind.SYMBOL, ">", token.start(), token.start() + 1));
                joined.add(new Token(Token.Kind.SYMBOL, ">", token.start() + 1, token.end()));
            } else if (tokens.get(i + 1).symbol(">") && tokens.get(i + 1).start() == token.end()) {
                joined.add(new Token(Token.Kind.SYMBOL, ">>>", token.start(), token.end() + 1));
                i++;
            } else {
                joined.add(token);
            }
        }
        return joined;
    }

    private static boolean endsType(List<Token> before) {
        int open = 0;
        for (int i = before.size() - 1; i > 0; i--) {
            Token token = before.get(i);
            if (token.symbol(">")) {
                open--;
            } else if (token.symbol("<")) {
                open++;
                if (open > 0 && !COLLECTIONS.contains(before.get(i - 1).lower())) {
                    return false;
                }
                if (open == 2) {
                    return true;
                }
            } else if (!token.name()
                    && token.kind() != Token.Kind.NUMBER
                    && !token.symbol(",")
                    && !token.symbol(":")
                    && !token.symbol("(")
                    && !token.symbol(")")) {
                return false;
            }
        }
        return false;
    }

    /** What stands between two parentheses, or in the whole text. */
    private static List<Token> part(List<Token> tokens) {
        List<Token> out = new ArrayList<>();
        List<List<Token>> operand = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            int end = closing(tokens, i);
            if (end > i) {
                List<Token> group = new ArrayList<>(List.of(token));
                group.addAll(part(tokens.subList(i + 1, end)));
                group.add(tokens.get(end));
                operand.add(group);
                i = end;
            } else if (separates(token, tokens, i)) {
                out.addAll(written(operand));
                operand.clear();
                out.add(token);
            } else {
                operand.add(List.of(token));
            }
        }
        out.addAll(written(operand));
        return out;
    }

    /** Where what opens at a place closes; the place itself if nothing opens or closes. */
    private static int closing(List<Token> tokens, int from) {
        if (!opens(tokens.get(from))) {
            return from;
        }
        Deque<Token> open = new ArrayDeque<>();
        for (int i = from; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (opens(token)) {
                open.push(token);
            } else if (open.element().is("case") ? token.is("end") : token.symbol(")") || token.symbol("]")) {
                open.pop();
            }
            if (open.isEmpty()) {
                return i;
            }
        }
        return from;
    }

    private static boolean opens(Token token) {
        return token.symbol("(") || token.symbol("[") || token.is("case");
    }

    private static boolean separates(Token token, List<Token> tokens, int place) {
        if (token.kind() == Token.Kind.SYMBOL) {
            return COMPARISONS.contains(token.text());
        }
        boolean call = place + 1 < tokens.size() && tokens.get(place + 1).symbol("(");
        boolean field = place > 0 && tokens.get(place - 1).symbol(".");
        return token.kind() == Token.Kind.END
                || (token.kind() == Token.Kind.WORD
                        && !field
                        && (WORDS.contains(token.lower())
                                || (!call && (token.is("left") || token.is("right") || token.is("minus")))));
    }

    /** An expression of operands and operators. */
    private static List<Token> written(List<List<Token>> parts) {
        int alias = alias(parts);
        List<Token> out = new ArrayList<>(level(parts.subList(0, alias), 0));
        parts.subList(alias, parts.size()).forEach(out::addAll);
        return out;
    }

    /** Where a name begins that was given without {@code AS}. */
    private static int alias(List<List<Token>> parts) {
        int last = parts.size() - 1;
        if (last < 1 || !parts.get(last).get(0).name() || parts.get(last).size() > 1) {
            return parts.size();
        }
        Token before = parts.get(last - 1).get(parts.get(last - 1).size() - 1);
        boolean ends = before.name() && !before.is("div") && !before.is("interval");
        return ends || before.kind() == Token.Kind.STRING || before.symbol(")") || before.symbol("]")
                ? last
                : before.kind() == Token.Kind.NUMBER
                                && !(last > 1 && parts.get(last - 2).get(0).is("interval"))
                        ? last
                        : parts.size();
    }

    private static List<Token> level(List<List<Token>> parts, int level) {
        if (level == LEVELS.size()) {
            return signs(parts);
        }
        for (int i = parts.size() - 1; i > 0; i--) {
            Token token = parts.get(i).get(0);
            if (token.kind() == Token.Kind.SYMBOL && LEVELS.get(level).contains(token.text())) {
                List<Token> left = level(parts.subList(0, i), level);
                List<Token> right = level(parts.subList(i + 1, parts.size()), level + 1);
                return right.isEmpty() ? flat(parts) : call(token, left, right);
            }
        }
        return level(parts, level + 1);
    }

    /** As they stand, for the parser to refuse. */
    private static List<Token> flat(List<List<Token>> parts) {
        return parts.stream().flatMap(List::stream).toList();
    }

    private static List<Token> signs(List<List<Token>> parts) {
        List<Token> out = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Token token = parts.get(i).get(0);
            if (!token.symbol("~")) {
                out.addAll(parts.get(i));
                continue;
            }
            int end = i + 1;
            while (end < parts.size() && isPrefix(parts.get(end).get(0))) {
                end++;
            }
            end++;
            while (end < parts.size() && continues(parts.get(end - 1), parts.get(end))) {
                end++;
            }
            end = Math.min(end, parts.size());
            List<Token> operand = signs(parts.subList(i + 1, end));
            out.addAll(operand.isEmpty() ? parts.get(i) : call(token, operand, List.of()));
            i = end - 1;
        }
        return out;
    }

    private static boolean isPrefix(Token token) {
        return token.symbol("-") || token.symbol("+") || token.symbol("~");
    }

    /** Whether a part belongs to the operand before it, as the arguments of a call, an index, a field or a type. */
    private static boolean continues(List<Token> before, List<Token> next) {
        Token last = before.get(before.size() - 1);
        Token token = next.get(0);
        return token.symbol("(")
                || token.symbol("[")
                || token.symbol(".")
                || token.symbol("::")
                || last.symbol(".")
                || last.symbol("::");
    }

    private static List<Token> call(Token operator, List<Token> left, List<Token> right) {
        List<Token> call = new ArrayList<>();
        call.add(new Token(Token.Kind.QUOTED, operator.text(), operator.start(), operator.end()));
        call.add(sign("(", operator));
        call.addAll(left);
        if (!right.isEmpty()) {
            call.add(sign(",", operator));
            call.addAll(right);
        }
        call.add(sign(")", operator));
        return call;
    }

    private static Token sign(String sign, Token at) {
        return new Token(Token.Kind.SYMBOL, sign, at.start(), at.end());
    }
}
