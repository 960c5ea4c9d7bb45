// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.sql;

import io.millrace.mllib.sql.SqlLexer.Kind;
import io.millrace.mllib.sql.SqlLexer.Token;
import io.millrace.mllib.table.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A place among the tokens of a statement. */
abstract class SqlCursor {

    private static final Set<String> RESERVED = Set.of(
            "FROM", "WHERE", "GROUP", "ORDER", "LIMIT", "HAVING", "UNION", "JOIN", "WHEN", "THEN", "ELSE", "END", "AND",
            "OR", "AS", "IN", "BETWEEN", "LIKE", "ILIKE", "RLIKE", "REGEXP", "IS", "DIV", "OVER", "LATERAL", "WINDOW",
            "SELECT");

    private final List<Token> tokens;
    private int at;

    SqlCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    final Token token() {
        return tokens.get(at);
    }

    final Token ahead(int count) {
        return tokens.get(Math.min(at + count, tokens.size() - 1));
    }

    final void skip(int count) {
        at = Math.min(at + count, tokens.size() - 1);
    }

    final Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    final boolean peek(String word) {
        return token().is(word);
    }

    final boolean accept(String word) {
        if (!peek(word)) {
            return false;
        }
        at++;
        return true;
    }

    final void expect(String word) {
        if (!accept(word)) {
            throw new SqlException(token().text() + " where " + word + " belongs", token().position());
        }
    }

    final String name() {
        Token token = next();
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
            throw new SqlException(token.text() + " in the place of a name", token.position());
        }
        return token.text();
    }

    final boolean isName() {
        return token().kind() == Kind.WORD || token().kind() == Kind.QUOTED;
    }

    /** Whether a name follows that is no key word. */
    final boolean isFreeName() {
        return token().kind() == Kind.QUOTED
                || (token().kind() == Kind.WORD && !RESERVED.contains(token().text().toUpperCase(Locale.ROOT)));
    }

    final DataType type() {
        Token name = next();
        if (!peek("(")) {
            DataType type = SqlTypes.named(name.text());
            if (type == null) {
                throw new SqlException("the type " + name.text(), name.position());
            }
            return type;
        }
        if (!name.is("DECIMAL") && !name.is("DEC") && !name.is("NUMERIC")) {
            throw new SqlException("the type " + name.text(), name.position());
        }
        expect("(");
        int precision = integer();
        int scale = accept(",") ? integer() : 0;
        expect(")");
        if (precision < 1 || precision > SqlTypes.MAX_PRECISION || scale < 0 || scale > precision) {
            throw new SqlException("decimal(" + precision + "," + scale + ")", name.position());
        }
        return new DataType.Decimal(precision, scale);
    }

    private int integer() {
        Token token = next();
        if (token.kind() != Kind.NUMBER
                || token.text().length() > 2
                || !token.text().matches("[0-9]+")) {
            throw new SqlException(token.text() + " in a type", token.position());
        }
        return new BigDecimal(token.text()).intValueExact();
    }

    final SqlException unsupported() {
        return new SqlException(token().text(), token().position());
    }
}
