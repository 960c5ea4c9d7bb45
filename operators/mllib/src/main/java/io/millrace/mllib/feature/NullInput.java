// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.ScoringException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Spark's functions say of a null in a column that they do not expect one in: what Java says of their code. */
final class NullInput {

    private static final String SEQ = "scala.collection.immutable.Seq.";

    private NullInput() {}

    /**
     * {@code value}, unless it is null.
     *
     * @param call the method that Spark's function calls on it
     * @param name what it is called in Spark's code
     */
    static Object refuse(@Nullable Object value, String call, String name) {
        if (value == null) {
            throw ScoringException.nullCall(call, name);
        }
        return value;
    }

    /** As {@link #refuse}, for a column of arrays; {@code call} is a method of Scala's {@code Seq}. */
    @SuppressWarnings("unchecked")
    static List<@Nullable String> refuseList(@Nullable Object value, String call, String name) {
        return (List<@Nullable String>) refuse(value, SEQ + call, name);
    }
}
