// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.type;

import io.millrace.table.AnalysisException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a text of DDL from left to right. */
final class TypeText {

    /** Deeper types are refused. */
    private static final int MAX_DEPTH = 64;

    private final String text;
    private int position;
    private int depth;

    TypeText(String text) {
        this.text = text;
    }

    DataType type() {
        if (++depth > MAX_DEPTH) {
            throw error("PARSE_SYNTAX_ERROR", "types are nested more than " + MAX_DEPTH + " deep");
        }
        String name = word().toLowerCase(Locale.ROOT);
        DataType type = switch (name) {
            case "void", "null" -> AtomicType.NULL;
            case "boolean" -> AtomicType.BOOLEAN;
            case "tinyint", "byte" -> AtomicType.BYTE;
            case "smallint", "short" -> AtomicType.SHORT;
            case "int", "integer" -> AtomicType.INT;
            case "bigint", "long" -> AtomicType.LONG;
            case "float", "real" -> AtomicType.FLOAT;
            case "double" -> AtomicType.DOUBLE;
            case "string" -> AtomicType.STRING;
            case "char", "character", "varchar" -> sized();
            case "binary" -> AtomicType.BINARY;
            case "date" -> AtomicType.DATE;
            case "timestamp", "timestamp_ltz" -> AtomicType.TIMESTAMP;
            case "decimal", "dec", "numeric" -> decimal();
            case "interval" -> interval();
            case "array" -> array();
            case "map" -> map();
            case "struct" -> struct();
            default -> throw error("UNSUPPORTED_DATATYPE", "there is no type '" + name + "'");
        };
        depth--;
        return type;
    }

    List<Field> fields(boolean inStruct) {
        List<Field> fields = new ArrayList<>();
        do {
            String name = name();
            accept(':');
            DataType type = type();
            boolean nullable = true;
            if (acceptWord("not")) {
                expectWord("null");
                nullable = false;
            }
            if (acceptWord("comment")) {
                quoted();
            }
            fields.add(new Field(name, type, nullable, false));
        } while (accept(','));
        if (inStruct) {
            expect('>');
        }
        return fields;
    }

    void end() {
        skip();
        if (position < text.length()) {
            throw error("PARSE_SYNTAX_ERROR", "'" + text.substring(position) + "' is too much");
        }
    }

    private DataType sized() {
        expect('(');
        number();
        expect(')');
        return AtomicType.STRING;
    }

    private DataType decimal() {
        if (!accept('(')) {
            return new DecimalType(10, 0);
        }
        int precision = number();
        int scale = accept(',') ? number() : 0;
        expect(')');
        if (precision < 1 || precision > DecimalType.MAX_PRECISION || scale > precision) {
            throw error(
                    "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                    "a decimal has 1 to " + DecimalType.MAX_PRECISION + " digits, of which some are behind the point");
        }
        return new DecimalType(precision, scale);
    }

    private DataType interval() {
        String from = word().toLowerCase(Locale.ROOT);
        if (acceptWord("to")) {
            word();
        }
        return from.equals("year") || from.equals("month")
                ? AtomicType.YEAR_MONTH_INTERVAL
                : AtomicType.DAY_TIME_INTERVAL;
    }

    private DataType array() {
        expect('<');
        DataType element = type();
        expect('>');
        return new ArrayType(element, true);
    }

    private DataType map() {
        expect('<');
        DataType key = type();
        expect(',');
        DataType value = type();
        expect('>');
        return new MapType(key, value, true);
    }

    private DataType struct() {
        expect('<');
        return accept('>') ? new StructType(List.of()) : new StructType(fields(true));
    }

    private String name() {
        skip();
        if (position < text.length() && text.charAt(position) == '`') {
            int end = text.indexOf('`', position + 1);
            if (end < 0) {
                throw error("PARSE_SYNTAX_ERROR", "a closing ` is missing");
            }
            String name = text.substring(position + 1, end);
            position = end + 1;
            return name;
        }
        return word();
    }

    private String word() {
        skip();
        int start = position;
        while (position < text.length() && isPart(text.charAt(position))) {
            position++;
        }
        if (start == position) {
            throw error("PARSE_SYNTAX_ERROR", "a name or a type is missing");
        }
        return text.substring(start, position);
    }

    private void quoted() {
        skip();
        char quote = position < text.length() ? text.charAt(position) : ' ';
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
        if (end < 0) {
            throw error("PARSE_SYNTAX_ERROR", "a text in quotes is missing");
        }
        position = end + 1;
    }

    private int number() {
        String digits = word();
        if (digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw error("PARSE_SYNTAX_ERROR", "a number was expected, not '" + digits + "'");
        }
        return Integer.parseInt(digits);
    }

    private boolean acceptWord(String word) {
        skip();
        int end = position + word.length();
        if (text.regionMatches(true, position, word, 0, word.length())
                && (end == text.length() || !isPart(text.charAt(end)))) {
            position = end;
            return true;
        }
        return false;
    }

    private void expectWord(String word) {
        if (!acceptWord(word)) {
            throw error("PARSE_SYNTAX_ERROR", "'" + word + "' is missing");
        }
    }

    private boolean accept(char sign) {
        skip();
        if (position < text.length() && text.charAt(position) == sign) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char sign) {
        if (!accept(sign)) {
            throw error("PARSE_SYNTAX_ERROR", "'" + sign + "' is missing");
        }
    }

    private void skip() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private AnalysisException error(String condition, String what) {
        return new AnalysisException(
                condition, "'" + text + "' is no type or schema: at character " + (position + 1) + " " + what);
    }
}
