// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** What Spark throws where a vector is null: it depends on what the model does first with it. */
public final class NullVector {

    private NullVector() {}

    /** The vector, or the exception of a match without a case for null: of models that are spark.mllib's inside. */
    public static Vector matched(@Nullable Vector vector) {
        if (vector == null) {
            throw new ScoringException("scala.MatchError", "null");
        }
        return vector;
    }

    /** The vector, or the exception of a call of {@code method} on a variable named {@code name} that is null. */
    public static Vector called(@Nullable Vector vector, String method, String name) {
        if (vector == null) {
            throw new ScoringException(
                    "java.lang.NullPointerException",
                    "Cannot invoke \"org.apache.spark.ml.linalg.Vector." + method + "()\" because \"" + name
                            + "\" is null");
        }
        return vector;
    }
}
