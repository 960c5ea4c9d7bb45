// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes what Spark says of tables in words the parser knows: views, functions and samples behind {@code FROM}, and how rows are ordered. */
abstract class DialectTables extends DialectPhrases {

    /** What the parser knows without {@code TABLE}. */
    private static final Set<String> OWN = Set.of("tumble", "hop", "session", "values");

    /** What may stand behind a table and is no name of it. */
    private static final Set<String> FOLLOWING =
            Set.of("sort", "distribute", "cluster", "window", "offset", "pivot", "unpivot", "minus");

    private int views;

    DialectTables(String source) {
        super(source);
    }

    /** {@code LATERAL VIEW [OUTER] f(x) t AS a, b} becomes a join with a table function. */
    boolean view(Token token) {
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

    void viewAlias() {
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

    static boolean endsView(Token token) {
        return keyword(token)
                || Set.of("lateral", "left", "right", "full", "inner", "cross", "natural", "semi", "anti")
                        .contains(token.lower());
    }

    /** {@code t WATERMARK c DELAY OF INTERVAL …}: the sample of Calcite's grammar carries it. */
    boolean watermark(Token token) {
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

    /** {@code FROM f(x)} and {@code LATERAL f(x)} become {@code TABLE(f(x))}. */
    void tableFunction() {
        Token name = token(0);
        if (name.name() && !keyword(name) && token(1).symbol("(") && !OWN.contains(name.lower())) {
            emitAt(name, "TABLE(");
            emitAt(name, quote(name.text()) + "(");
            at += 2;
            parens.push(Paren.TABLE);
        }
    }

    /** {@code TABLESAMPLE (n ROWS)} and its like: the sample of Calcite's grammar carries them. */
    boolean sample(Token token) {
        if (!token(1).symbol("(")) {
            return false;
        }
        at += 2;
        StringBuilder amount = new StringBuilder();
        while (!token(0).symbol(")")) {
            expect(token(0).kind() != Token.Kind.END, "`)`");
            amount.append(amount.length() == 0 ? "" : " ").append(token(0).text());
            at++;
        }
        at++;
        String seed = "";
        if (token(0).is("repeatable") && token(1).symbol("(") && token(3).symbol(")")) {
            seed = token(2).text();
            at += 4;
        }
        // the parser has the name before the sample
        if (token(0).is("as")) {
            next();
            next();
        } else if (token(0).name() && !endsView(token(0)) && !FOLLOWING.contains(token(0).lower())) {
            next();
        }
        emitAt(token, "TABLESAMPLE SUBSTITUTE(" + literal(SAMPLE + amount + "\u0001" + seed) + ")");
        return true;
    }

    /** What the sample begins with that is one, and no watermark. */
    static final String SAMPLE = "\u0001";

    /** Where the parenthesis of a {@code PIVOT} has been read. */
    int pivots = -1;

    /** {@code PIVOT (} and {@code UNPIVOT [INCLUDE | EXCLUDE NULLS] (} behind a table. */
    boolean pivot(Token token) {
        boolean nulls =
                token.is("unpivot") && (token(1).is("include") || token(1).is("exclude")) && token(2).is("nulls");
        int open = nulls ? 3 : 1;
        boolean table = previous().name() || previous().symbol(")");
        if (!token(open).symbol("(") || !table || (previous().name() && keyword(previous()))) {
            return false;
        }
        pivots = at + open + 1;
        for (int i = 0; i < open; i++) {
            keep(token(0));
        }
        return true;
    }

    /** The expressions behind {@code LIMIT} and {@code OFFSET} that are more than a number. */
    final List<String> counts = new ArrayList<>();

    /** {@code LIMIT 2 + 1}: a question mark stands for the expression, as the parser takes nothing but numbers there. */
    boolean count(Token token) {
        int end = 1;
        int depth = 0;
        while (depth > 0 || !endsOrganisation(token(end))) {
            if (token(end).kind() == Token.Kind.END) {
                return false;
            }
            depth += token(end).symbol("(") ? 1 : token(end).symbol(")") ? -1 : 0;
            end++;
        }
        boolean plain = end == 2 && (token(1).kind() == Token.Kind.NUMBER || token(1).is("all"));
        boolean name = token(1).symbol(",") || token(1).symbol(".") || token(1).is("from");
        if (plain || name || end == 1) {
            return false;
        }
        counts.add(text(token(1), token(end - 1)));
        at += end;
        emitAt(token, token.text() + " ?");
        return true;
    }

    /** {@code SORT BY}, {@code CLUSTER BY} and {@code DISTRIBUTE BY}: in what order rows come out, and that they are computed side by side. */
    boolean organisation(Token token) {
        if (!token(1).is("by")) {
            return false;
        }
        at += 2;
        if (!token.is("distribute")) {
            emitAt(token, "ORDER BY");
            return true;
        }
        emitAt(token, "ORDER BY `" + DISTRIBUTED + "`(");
        int depth = 0;
        while (depth > 0 || !endsOrganisation(token(0))) {
            expect(token(0).kind() != Token.Kind.END, "`)`");
            depth += token(0).symbol("(") ? 1 : token(0).symbol(")") ? -1 : 0;
            next();
        }
        emit(")");
        if (token(0).is("sort") && token(1).is("by")) {
            at += 2;
            emit(",");
        }
        return true;
    }

    /** What a key is called that rows are not sorted by. */
    static final String DISTRIBUTED = "distribute by";

    private static boolean endsOrganisation(Token token) {
        return token.kind() == Token.Kind.END
                || token.symbol(")")
                || token.symbol(";")
                || token.is("sort")
                || token.is("limit")
                || token.is("offset")
                || token.is("window")
                || token.is("union")
                || token.is("except")
                || token.is("intersect")
                || token.is("minus");
    }
}
