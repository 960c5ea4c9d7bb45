// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.AnalysisException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The options of a source or sink; names are found without regard to case. Immutable.
 *
 * @param values the options
 */
public record FormatOptions(Map<String, String> values) {

    /** Copies the map. */
    public FormatOptions {
        TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(values);
        values = Collections.unmodifiableMap(copy);
    }

    /** No options. */
    public static FormatOptions none() {
        return new FormatOptions(Map.of());
    }

    /** These and another, which replaces one of the same name. */
    public FormatOptions with(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(values);
        more.put(name, value);
        return new FormatOptions(more);
    }

    /** An option, if it is set. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** An option, or this if it is not set. */
    public String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /**
     * An option that must be set.
     *
     * @param format for the message
     */
    public String required(String format, String name) {
        return get(name)
                .orElseThrow(() -> new AnalysisException(
                        "MISSING_OPTION", "the format " + format + " needs the option '" + name + "'"));
    }

    /** A whole number from {@code least} to {@code greatest}. */
    public long number(String name, long otherwise, long least, long greatest) {
        Optional<String> text = get(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.get().trim());
            if (number >= least && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new AnalysisException(
                "INVALID_OPTION",
                "the option '" + name + "' must be a whole number from " + least + " to " + greatest + ", but is '"
                        + text.get() + "'");
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean otherwise) {
        Optional<String> text = get(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (text.get().equalsIgnoreCase("true") || text.get().equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text.get());
        }
        throw new AnalysisException(
                "INVALID_OPTION", "the option '" + name + "' must be true or false, but is '" + text.get() + "'");
    }

    /**
     * Refuses options that a format does not know, such as one that is misspelt.
     *
     * @param known those that it knows, in any case; one that ends with a dot stands for all that begin so
     */
    public void refuseOthers(String format, Collection<String> known) {
        List<String> prefixes = known.stream()
                .filter(name -> name.endsWith("."))
                .map(FormatOptions::folded)
                .toList();
        List<String> names = known.stream().map(FormatOptions::folded).toList();
        for (String name : values.keySet()) {
            String folded = folded(name);
            if (!names.contains(folded) && prefixes.stream().noneMatch(folded::startsWith)) {
                throw new AnalysisException(
                        "INVALID_OPTION",
                        "the format " + format + " has no option '" + name + "' here; it has " + new TreeSet<>(known));
            }
        }
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The names; values may be secrets. */
    @Override
    public String toString() {
        return "options " + values.keySet();
    }
}
