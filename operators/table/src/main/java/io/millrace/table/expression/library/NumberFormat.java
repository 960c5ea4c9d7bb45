// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A format of {@code to_number} and {@code to_char}, as {@code $99,999.00S}. Digits before the point are in groups; one that starts with 0 has exactly as many digits, others have at
 * most as many. Immutable. Generated code calls the methods.
 */
public final class NumberFormat {

    private static final Pattern FORM =
            Pattern.compile("(S|MI)?(\\$)?([09]*(?:[,G][09]+)*)(?:([.D])([09]*))?(\\$)?(S|MI|PR)?");

    private final String text;
    private final String signBefore;
    private final boolean dollarBefore;
    private final List<String> groups;
    private final boolean point;
    private final int scale;
    private final boolean dollarBehind;
    private final String signBehind;

    private NumberFormat(String text, Matcher form) {
        this.text = text;
        this.signBefore = part(form, 1);
        this.dollarBefore = !part(form, 2).isEmpty();
        this.groups = List.of(part(form, 3).split("[,G]", -1));
        this.point = !part(form, 4).isEmpty();
        this.scale = part(form, 5).length();
        this.dollarBehind = !part(form, 6).isEmpty();
        this.signBehind = part(form, 7);
    }

    private static String part(Matcher form, int group) {
        String part = form.group(group);
        return part == null ? "" : part;
    }

    /**
     * Reads a format.
     *
     * @throws AnalysisException {@code INVALID_FORMAT} and what is wrong
     */
    static NumberFormat of(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        if (upper.isEmpty()) {
            throw invalid("EMPTY", "The number format string cannot be empty");
        }
        Matcher form = FORM.matcher(upper);
        if (!form.matches()) {
            int point = Math.max(upper.indexOf('.'), upper.indexOf('D'));
            if (upper.matches(".*[,G][,G].*")) {
                throw invalid("CONT_THOUSANDS_SEPS", "The separators of '" + text + "' must have digits between them");
            } else if (point >= 0 && upper.substring(point).matches(".*[,G].*")) {
                throw invalid(
                        "THOUSANDS_SEPS_MUST_BEFORE_DEC", "The separators of '" + text + "' must precede the point");
            }
            throw invalid("UNEXPECTED_TOKEN", "'" + text + "' is no number format");
        }
        NumberFormat format = new NumberFormat(text, form);
        if (format.whole() + format.scale == 0) {
            throw invalid("WRONG_NUM_DIGIT", "'" + text + "' requires at least one digit");
        }
        if ((format.dollarBefore && format.dollarBehind)
                || (!format.signBefore.isEmpty() && !format.signBehind.isEmpty())) {
            throw invalid("WRONG_NUM_TOKEN", "'" + text + "' has a sign or a $ at both ends");
        }
        if (format.whole() + format.scale > DecimalType.MAX_PRECISION) {
            throw invalid("UNEXPECTED_TOKEN", "'" + text + "' has more than " + DecimalType.MAX_PRECISION + " digits");
        }
        return format;
    }

    private static AnalysisException invalid(String condition, String message) {
        return new AnalysisException("INVALID_FORMAT." + condition, message);
    }

    private int whole() {
        return groups.stream().mapToInt(String::length).sum();
    }

    /** The type of numbers in this format. */
    DecimalType type() {
        return new DecimalType(whole() + scale, scale);
    }

    /** The number that a text says. */
    public BigDecimal parse(Utf8 text, Utf8 format) {
        BigDecimal number = tryParse(text, format);
        if (number == null) {
            throw new QueryExecutionException(
                    "INVALID_FORMAT.MISMATCH_INPUT",
                    "The format is invalid: '" + this.text + "'. The input \"STRING\" " + text
                            + " does not match the format");
        }
        return number;
    }

    /** The number that a text says; null if it does not fit the format. */
    public @Nullable BigDecimal tryParse(Utf8 text, Utf8 format) {
        Reading reading = new Reading(text.toString());
        boolean bracket = signBehind.equals("PR") && reading.take('<');
        boolean negative = sign(reading, signBefore);
        if ((dollarBefore && !reading.dollar()) || !whole(reading)) {
            return null;
        }
        StringBuilder digits = reading.digits;
        int before = digits.length();
        if (point && reading.take('.')) {
            reading.group();
        }
        int behind = digits.length() - before;
        if (behind > scale || digits.length() == 0 || (dollarBehind && !reading.dollar())) {
            return null;
        }
        negative ^= !signBehind.equals("PR") && sign(reading, signBehind);
        if ((bracket && !reading.take('>')) || !reading.atEnd()) {
            return null;
        }
        String number = digits + "0".repeat(scale - behind);
        BigDecimal value = new BigDecimal(number).movePointLeft(scale).setScale(scale);
        return negative ^ bracket ? value.negate() : value;
    }

    private static boolean sign(Reading reading, String sign) {
        if (sign.equals("S") && reading.take('+')) {
            return false;
        }
        return !sign.isEmpty() && reading.take('-');
    }

    private boolean whole(Reading reading) {
        List<Integer> sizes = new ArrayList<>(List.of(reading.group()));
        while (reading.take(',')) {
            sizes.add(0, reading.group());
        }
        if (sizes.size() > groups.size()) {
            return false;
        }
        for (int i = 0; i < groups.size(); i++) {
            String group = groups.get(groups.size() - 1 - i);
            int size = i < sizes.size() ? sizes.get(i) : 0;
            if (group.startsWith("0") ? size != group.length() : size > group.length()) {
                return false;
            }
        }
        return true;
    }

    /** A text in this format; {@code #} for digits that it has not enough places for. */
    public Utf8 write(BigDecimal number, Utf8 format) {
        boolean negative = number.signum() < 0;
        String plain = number.abs().toPlainString();
        int split = plain.indexOf('.');
        String before = (split < 0 ? plain : plain.substring(0, split)).replaceFirst("^0+", "");
        String behind = split < 0 ? "" : plain.substring(split + 1).replaceFirst("0+$", "");
        if (before.length() > whole() || behind.length() > scale) {
            before = "#".repeat(whole());
            behind = "#".repeat(scale);
        }
        StringBuilder out = new StringBuilder();
        String opening = signBehind.equals("PR") && negative
                ? "<"
                : signBefore.equals("S") ? negative ? "-" : "+" : signBefore.isEmpty() ? "" : negative ? "-" : " ";
        out.append(opening).append(dollarBefore ? "$" : "");
        digits(out, " ".repeat(whole() - before.length()) + before);
        if (point) {
            int last = out.length() - 1;
            if (last >= 0 && out.charAt(last) == ' ') {
                out.setCharAt(last, '0');
            }
            out.append('.').append(behind).append("0".repeat(scale - behind.length()));
        }
        if (dollarBehind) {
            out.append('$');
        }
        int lone = out.indexOf(".");
        if (lone >= 0 && lone == out.length() - 1) {
            out.setCharAt(lone, ' ');
        }
        String closing = signBehind.equals("PR")
                ? negative ? ">" : "  "
                : signBehind.equals("S") ? negative ? "-" : "+" : signBehind.isEmpty() ? "" : negative ? "-" : " ";
        int place = out.length();
        while (!closing.isBlank() && place > 0 && out.charAt(place - 1) == ' ') {
            place--;
        }
        out.insert(place, closing);
        return Utf8.of(out.isEmpty() || out.toString().matches("[-+]") ? "0" : out.toString());
    }

    private void digits(StringBuilder out, String padded) {
        int at = 0;
        for (int group = 0; group < groups.size(); group++) {
            if (group > 0) {
                char last = out.isEmpty() ? ' ' : out.charAt(out.length() - 1);
                put(out, Character.isDigit(last) ? ',' : ' ');
            }
            boolean exact = groups.get(group).startsWith("0");
            for (int i = 0; i < groups.get(group).length(); i++) {
                char digit = padded.charAt(at++);
                put(out, digit == ' ' && exact ? '0' : digit);
            }
        }
    }

    /** A blank goes ahead of a sign, which stands at the first digit. */
    private static void put(StringBuilder out, char c) {
        int place = out.length();
        while (c == ' ' && place > 0 && "+-<".indexOf(out.charAt(place - 1)) >= 0) {
            place--;
        }
        out.insert(place, c);
    }

    /** A text while it is read. */
    private static final class Reading {

        private final String text;
        private final StringBuilder digits = new StringBuilder();
        private int at;

        Reading(String text) {
            this.text = text;
        }

        boolean take(char c) {
            if (at < text.length() && text.charAt(at) == c) {
                at++;
                return true;
            }
            return false;
        }

        boolean dollar() {
            return atEnd() || take('$');
        }

        /** Digits, with blanks left out. */
        int group() {
            int before = digits.length();
            while (at < text.length()
                    && (Character.isWhitespace(text.charAt(at))
                            || (text.charAt(at) >= '0' && text.charAt(at) <= '9'))) {
                if (!Character.isWhitespace(text.charAt(at))) {
                    digits.append(text.charAt(at));
                }
                at++;
            }
            return digits.length() - before;
        }

        boolean atEnd() {
            return at == text.length();
        }
    }
}
