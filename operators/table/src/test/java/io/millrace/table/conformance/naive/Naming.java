// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance.naive;

import com.fasterxml.jackson.databind.JsonNode;

/** Names of the columns that expressions give. */
final class Naming {

    private Naming() {}

    /** The name of the column of an expression {@code {"sql", "ast"}}. */
    static String of(JsonNode expression) {
        JsonNode tree = expression.get("ast");
        if (tree.has("as")) {
            return tree.get("as").textValue();
        }
        if (tree.has("col")) {
            String path = tree.get("col").textValue();
            return path.substring(path.lastIndexOf('.') + 1);
        }
        return expression.get("sql").textValue();
    }

    /** A tree without the name it is given. */
    static JsonNode bare(JsonNode tree) {
        return tree.has("as") ? bare(tree.get("expr")) : tree;
    }
}
