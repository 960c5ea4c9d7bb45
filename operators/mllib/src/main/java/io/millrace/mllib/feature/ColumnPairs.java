// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.storage.Params;
import java.util.List;

/**
 * The columns that a stage reads and writes, pair by pair: {@code inputCols} and {@code outputCols}, or {@code inputCol} and
 * {@code outputCol}.
 *
 * @param inputs the names of the columns read
 * @param outputs the names of the columns written, as many
 */
record ColumnPairs(List<String> inputs, List<String> outputs) {

    /** The pairs that the parameters name. */
    static ColumnPairs of(Params params) {
        if (params.isSet("inputCol") && params.isSet("inputCols")) {
            throw params.failure("inputCol", "is set beside inputCols, exactly one must be");
        }
        if (params.isSet("inputCol") || !params.isDefined("inputCols")) {
            return new ColumnPairs(List.of(params.getString("inputCol")), List.of(params.outputCol()));
        }
        List<String> inputs = required(params, "inputCols");
        List<String> outputs = required(params, "outputCols");
        if (inputs.size() != outputs.size()) {
            throw params.failure(
                    "outputCols", "has " + outputs.size() + " names, there are " + inputs.size() + " inputCols");
        }
        return new ColumnPairs(inputs, outputs);
    }

    /** A list of column names that must have been set. */
    static List<String> required(Params params, String name) {
        List<String> columns = params.strings(name);
        if (columns == null) {
            throw params.failure(name, "has no value");
        }
        return columns;
    }

    int size() {
        return inputs.size();
    }

    String input(int index) {
        return inputs.get(index);
    }

    String output(int index) {
        return outputs.get(index);
    }
}
