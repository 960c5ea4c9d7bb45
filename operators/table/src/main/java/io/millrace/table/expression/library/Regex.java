// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** The regular expressions of one call of a function. For any threads. */
public final class Regex {

    private static final String SPECIAL = "\\[](){}.*+?^$|";

    private final String function;
    private final Memo<Pattern> patterns = new Memo<>(this::compile);

    Regex() {
        this("regexp");
    }

    Regex(String function) {
        this.function = function;
    }

    private Pattern compile(Utf8 text) {
        try {
            return Pattern.compile(text.toString());
        } catch (PatternSyntaxException e) {
            throw new QueryExecutionException(
                    "INVALID_PARAMETER_VALUE.PATTERN",
                    "The value of parameter `regexp` in `" + function + "` is invalid: '" + text
                            + "' is no regular expression: " + e.getDescription());
        }
    }

    public boolean matches(Utf8 text, Utf8 pattern) {
        return patterns.get(pattern).matcher(text.toString()).find();
    }

    public int count(Utf8 text, Utf8 pattern) {
        Matcher matcher = patterns.get(pattern).matcher(text.toString());
        int count = 0;
        while (matcher.find()) {
            count++;
        }
        return count;
    }

    /** What matches first; null if nothing does, or no character. */
    public @Nullable Utf8 first(Utf8 text, Utf8 pattern) {
        Matcher matcher = patterns.get(pattern).matcher(text.toString());
        return matcher.find() && matcher.end() > matcher.start() ? Utf8.of(matcher.group()) : null;
    }

    /** The place of the first match, from 1; 0 if there is none. */
    public int place(Utf8 text, Utf8 pattern) {
        String decoded = text.toString();
        Matcher matcher = patterns.get(pattern).matcher(decoded);
        return matcher.find() ? decoded.codePointCount(0, matcher.start()) + 1 : 0;
    }

    public int place(Utf8 text, Utf8 pattern, int group) {
        return place(text, pattern);
    }

    public Utf8 extract(Utf8 text, Utf8 pattern) {
        return extract(text, pattern, 1);
    }

    /** A group of the first match; empty if nothing matches or the group took no part. */
    public Utf8 extract(Utf8 text, Utf8 pattern, int group) {
        Matcher matcher = patterns.get(pattern).matcher(text.toString());
        if (!matcher.find()) {
            return Utf8.EMPTY;
        }
        return group(matcher, group);
    }

    public Object[] extractAll(Utf8 text, Utf8 pattern) {
        return extractAll(text, pattern, 1);
    }

    /** A group of each match. */
    public Object[] extractAll(Utf8 text, Utf8 pattern, int group) {
        Matcher matcher = patterns.get(pattern).matcher(text.toString());
        List<Object> all = new ArrayList<>();
        while (matcher.find()) {
            all.add(group(matcher, group));
        }
        return all.toArray();
    }

    private Utf8 group(Matcher matcher, int group) {
        if (group < 0 || group > matcher.groupCount()) {
            throw new QueryExecutionException(
                    "INVALID_PARAMETER_VALUE.REGEX_GROUP_INDEX",
                    "The value of parameter `idx` in `" + function + "` is invalid: the group must be from 0 to "
                            + matcher.groupCount() + ", but is " + group);
        }
        String found = matcher.group(group);
        return found == null ? Utf8.EMPTY : Utf8.of(found);
    }

    public Utf8 replace(Utf8 text, Utf8 pattern, Utf8 with) {
        return replace(text, pattern, with, 1);
    }

    /** With each match from a place on replaced; {@code $1} stands for a group. */
    public Utf8 replace(Utf8 text, Utf8 pattern, Utf8 with, int place) {
        if (place < 1) {
            throw new QueryExecutionException(
                    "DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE",
                    "The position of `regexp_replace` must be 1 or more, but is " + place);
        }
        String decoded = text.toString();
        if (place > 1 && place > decoded.codePointCount(0, decoded.length())) {
            return text;
        }
        int from = decoded.offsetByCodePoints(0, decoded.isEmpty() ? 0 : place - 1);
        Matcher matcher = patterns.get(pattern).matcher(decoded);
        matcher.region(from, decoded.length());
        String replacement = with.toString();
        StringBuilder result = null;
        while (matcher.find()) {
            if (result == null) {
                result = new StringBuilder(decoded.length());
            }
            matcher.appendReplacement(result, replacement);
        }
        return result == null ? text : Utf8.of(matcher.appendTail(result).toString());
    }

    public Object[] split(Utf8 text, Utf8 pattern) {
        return split(text, pattern, -1);
    }

    /** The parts between matches, at most so many if the limit is more than 0; empty ones at the end are kept. */
    public Object[] split(Utf8 text, Utf8 pattern, int limit) {
        int most = limit <= 0 ? Integer.MAX_VALUE : limit;
        if (pattern.length() == 0) {
            return characters(text, most);
        }
        if (isPlain(pattern)) {
            return splitPlain(text, pattern, most);
        }
        String[] parts = patterns.get(pattern).split(text.toString(), limit <= 0 ? -1 : limit);
        Object[] result = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            result[i] = Utf8.of(parts[i]);
        }
        return result;
    }

    private static Object[] characters(Utf8 text, int most) {
        int parts = Math.min(CodePoints.count(text), most);
        if (parts == 0) {
            return new Object[] {text};
        }
        Object[] result = new Object[parts];
        int from = 0;
        for (int i = 0; i < parts; i++) {
            int to = from + CodePoints.width(text.bytes()[text.start() + from]);
            result[i] = CodePoints.bytes(text, from, Math.min(to, text.length()));
            from = to;
        }
        return result;
    }

    /** Whether a pattern stands for itself and nothing else; an empty one does not. */
    public static boolean isPlain(Utf8 pattern) {
        if (pattern.length() == 0) {
            return false;
        }
        for (int i = 0; i < pattern.length(); i++) {
            if (SPECIAL.indexOf(pattern.bytes()[pattern.start() + i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static Object[] splitPlain(Utf8 text, Utf8 separator, int most) {
        List<Object> parts = new ArrayList<>();
        int from = 0;
        while (parts.size() < most - 1) {
            int at = CodePoints.find(text, separator, from);
            if (at < 0) {
                break;
            }
            parts.add(CodePoints.bytes(text, from, at));
            from = at + separator.length();
        }
        parts.add(CodePoints.bytes(text, from, text.length()));
        return parts.toArray();
    }
}
