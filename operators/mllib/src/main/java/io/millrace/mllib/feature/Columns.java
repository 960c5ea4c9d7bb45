// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.storage.Params;
import java.util.HashSet;
import java.util.List;

/**
 * The input and output columns of a stage that has either one of each ({@code inputCol}, {@code outputCol}) or several
 * ({@code inputCols}, {@code outputCols}).
 *
 * @param many whether {@code inputCols} is set
 */
record Columns(boolean many, List<String> inputs, List<String> outputs) {

    /** Reads and checks the parameters as Spark does. */
    static Columns of(Params params) {
        boolean many = params.isSet("inputCols");
        if (many && params.isSet("inputCol")) {
            throw params.failure("inputCol", "is set beside inputCols, exactly one must be");
        }
        if (!many) {
            if (params.isSet("outputCols")) {
                throw params.failure("outputCols", "is set beside inputCol");
            }
            return new Columns(false, List.of(params.getString("inputCol")), List.of(params.outputCol()));
        }
        if (params.isSet("outputCol")) {
            throw params.failure("outputCol", "is set beside inputCols");
        }
        List<String> inputs = params.strings("inputCols");
        List<String> outputs = params.strings("outputCols");
        if (inputs == null || outputs == null || inputs.size() != outputs.size()) {
            throw params.failure("outputCols", "is " + outputs + ", must have one name for each of " + inputs);
        }
        if (new HashSet<>(outputs).size() != outputs.size()) {
            throw params.failure("outputCols", "is " + outputs + ", which has one name twice");
        }
        return new Columns(true, inputs, outputs);
    }

    int size() {
        return inputs.size();
    }
}
