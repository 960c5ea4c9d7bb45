// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What names of tables and columns may be, since they are the only parts of a statement that cannot be bound. */
final class Names {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    /** PostgreSQL cuts longer ones, without a word. */
    private static final int LONGEST = 63;

    private Names() {}

    /** The name, if it is one. */
    static String check(String what, String name) {
        if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the name of a " + what
                    + " must be letters, digits and _, not begin with a digit, and have at most " + LONGEST
                    + " characters, but is " + Excerpt.of(name));
        }
        return name;
    }

    /** The parts of {@code table} or {@code schema.table}. */
    static List<String> table(String name) {
        String[] parts = name.split("\\.", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException(
                    "a table must be named as table or schema.table, but is " + Excerpt.of(name));
        }
        List<String> checked = new ArrayList<>();
        for (String part : parts) {
            checked.add(check("table", part));
        }
        return List.copyOf(checked);
    }
}
