// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The questions of Nexmark in SQL, over the views {@code person}, {@code auction} and {@code bid}; Q13 also asks {@code side_input}. Of
 * questions that depend on when they are asked, or whose answers may be in any order, it is the nearest whose answer is always the same.
 */
public enum NexmarkQuery {
    Q0,
    Q1,
    Q2,
    Q3,
    Q4,
    Q5,
    Q6,
    Q7,
    Q8,
    Q9,
    Q11,
    Q12,
    Q13,
    Q14,
    Q15,
    Q17,
    Q18,
    Q19,
    Q20,
    Q21,
    Q22;

    /** All of them. */
    public static List<NexmarkQuery> all() {
        return Arrays.asList(values());
    }

    /** Its name in small letters, as {@code q0}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its text. */
    public String sql() {
        String file = id() + ".sql";
        try (InputStream in = NexmarkQuery.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
